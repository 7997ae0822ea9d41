// Five questions to try the device with. They test nobody, and nothing of them leaves the device.

const question = (n, stem, ...options) => ({ n, stem, options: options.map((text, at) => ["abcd"[at], text]) });

export const PAPER = {
  title: "Latihan",
  cases: [
    {
      n: 1,
      text: "Bu Wati baru pindah ke Desa Sukamaju. Hari Senin pukul 09.00 ia datang ke balai desa untuk bertanya tentang Posyandu. Petugas mencatat namanya dan memberi jadwal.",
      items: [
        question(1, "Pada hari apa Bu Wati datang ke balai desa?", "Senin", "Selasa", "Rabu", "Kamis"),
        question(2, "Apa yang ditanyakan Bu Wati?", "Jadwal bus", "Posyandu", "Harga beras", "Lapangan voli"),
      ],
    },
    {
      n: 2,
      text: "Pak Darto menyiram tanaman setiap pagi sebelum matahari tinggi. Jika hujan turun, ia tidak menyiram.",
      items: [
        question(3, "Kapan Pak Darto menyiram tanaman?", "Pagi", "Siang", "Sore", "Malam"),
        question(4, "Hari ini hujan. Apa yang dilakukan Pak Darto?", "Menyiram dua kali", "Tidak menyiram", "Menyiram malam hari", "Menebang tanaman"),
      ],
    },
    {
      n: 3,
      text: "Soal ini boleh Anda kosongkan, untuk mencoba bagaimana soal kosong ditunjukkan.",
      items: [question(5, "Berapa banyak soal dalam latihan ini?", "Tiga", "Empat", "Lima", "Enam")],
    },
  ],
};
