import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Says of each file and each profile whether it conforms, one line each, and why not. */
public final class Validate {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour[] asked = {PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1};
        for (String file : files) {
            for (PDFAFlavour flavour : asked) {
                try (InputStream in = new FileInputStream(file);
                        PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour)) {
                    PDFAValidator judge = Foundries.defaultInstance().createValidator(flavour, false);
                    ValidationResult found = judge.validate(parser);
                    System.out.println(flavour.getId() + " " + found.isCompliant()
                            + " " + found.getTotalAssertions() + " " + file);
                    for (TestAssertion one : found.getTestAssertions()) {
                        System.out.println("  " + one.getRuleId().getClause() + "-"
                                + one.getRuleId().getTestNumber() + " " + one.getMessage());
                    }
                }
            }
        }
    }
}
