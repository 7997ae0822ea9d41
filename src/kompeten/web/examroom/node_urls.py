"""Which addresses does the exam room have at a site? Doors for candidates, a wall and a board."""

from django.urls import path

from kompeten.web.examroom import node, node_board, shell, worker

# What is the same at headquarters has the same name here: the pages that devices keep ask for it.
shared = [
    path("latihan/", shell.practice, name="practice"),
    path("pekerja.js", worker.worker, name="worker"),
    path("<str:ref>/lembar/", shell.sheet, name="sheet"),
]
app_name = "node_site"
urlpatterns = [
    path("", node.door, name="door"),
    path("dinding/", node_board.wall, name="wall"),
    path("papan/", node_board.board, name="board"),
    path("papan/masuk/", node_board.enter, name="enter"),
    path("papan/kartu-kursi.pdf", node_board.cards, name="cards"),
    path("papan/daftar-pintu.pdf", node_board.door_list, name="door_list"),
    path("papan/buka/", node_board.open_by_hand, name="open"),
    path("papan/catat/", node_board.note, name="note"),
    path("paket/<str:sitting>.<str:name>.bin", node.package, name="package"),
    path("<str:ref>/", node.seat, name="seat"),
    path("<str:ref>/duduk/", node.sit_down, name="sit_down"),
    path("<str:ref>/tiket.json", node.ticket, name="ticket"),
    path("<str:ref>/lembar.json", node.sheet, name="sheet_json"),
]
