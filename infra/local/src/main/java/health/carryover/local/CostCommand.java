package health.carryover.local;

import health.carryover.local.cost.Bill;
import health.carryover.local.cost.Prices;
import health.carryover.local.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./carryover cost}. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description = {
            "What a month on AWS costs: fixed rows counted in template.yaml, variable ones from infra/cost/usage.csv",
            "(what each activity needs; partly measured here, partly assumed: the file says which), both by the dated",
            "prices of infra/cost/prices.csv. No bill of AWS stands behind it."
        })
final class CostCommand implements Callable<Integer> {
    private static final int MOST = 10_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--patients", required = true, description = "of each clinic")
    private int patients;

    @Option(
            names = "--clinics",
            defaultValue = "1",
            description = "that share the deployment; default ${DEFAULT-VALUE}")
    private int clinics;

    @Option(names = "--free-tier", description = "take off what every account has for nothing, without an end")
    private boolean freeTier;

    @Option(names = "--waf", description = "with the firewall")
    private boolean waf;

    @Override
    public Integer call() throws IOException {
        if (patients < 1 || clinics < 1 || (long) patients * clinics > MOST)
            throw new ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(),
                    "--patients and --clinics are at least 1, and together at most " + MOST + " patients");
        Path home = Path.of(System.getProperty("carryover.home", "."));
        Path folder = home.resolve("infra/cost");
        Template template = Template.read(home.resolve("template.yaml"), Map.of("Waf", String.valueOf(waf)));
        Prices prices = Prices.read(folder.resolve("prices.csv"));
        int all = patients * clinics;
        Bill bill = new Bill(template, folder, prices, all, freeTier);
        System.out.printf(
                Locale.ROOT,
                "%,d clinics of %,d patients share one deployment in us-east-1; prices of %s; free tier %s; firewall %s%n%n",
                clinics,
                patients,
                prices.dates(),
                freeTier ? "taken off" : "not taken off",
                waf ? "on" : "off");
        for (boolean fixed : new boolean[] {true, false}) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-46s %16s %12s %12s%n",
                    fixed ? "fixed" : "variable",
                    "units a month",
                    "free",
                    "USD a month");
            bill.rows().stream()
                    .filter(row -> row.fixed() == fixed)
                    .forEach(row -> System.out.printf(
                            Locale.ROOT,
                            "  %-46s %,16.1f %,12.1f %12.3f%n",
                            row.service() + ", " + row.unit(),
                            row.quantity(),
                            row.free(),
                            row.usd()));
            System.out.printf(Locale.ROOT, "  %-46s %42.3f%n%n", "together", bill.usd(fixed));
        }
        System.out.printf(
                Locale.ROOT,
                "%.2f USD a month fixed, %.5f USD a patient and month variable; %.4f USD a patient and month in all%n",
                bill.usd(true),
                bill.usd(false) / all,
                (bill.usd(true) + bill.usd(false)) / all);
        return 0;
    }
}
