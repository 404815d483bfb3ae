package health.carryover.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import health.carryover.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillTest {
    private static final String TEMPLATE = """
            Parameters: { Waf: { Type: String, Default: "false" } }
            Conditions: { HasWaf: !Equals [!Ref Waf, "true"] }
            Resources:
              Key: { Type: AWS::KMS::Key, Properties: {} }
              Late: { Type: AWS::CloudWatch::Alarm, Properties: {} }
              F: { Type: AWS::Serverless::Function, Properties: { Handler: x.Y, MemorySize: 2048 } }
              Wall: { Type: AWS::WAFv2::WebACL, Condition: HasWaf, Properties: { Rules: [{ Name: one }, { Name: two }] } }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("prices.csv"), """
                service,unit,price_usd,free_per_month,region,source,date
                KMS,key-month,1,0,us-east-1,page,2026-11-24
                CloudWatch,alarm-month,0.1,10,us-east-1,page,2026-11-24
                CloudWatch,dashboard-month,3,3,us-east-1,page,2026-11-24
                CloudWatch,custom metric-month,0.3,10,us-east-1,page,2026-11-24
                ECR,GB-month stored,0.1,0,us-east-1,page,2026-11-24
                Lambda,request,0.01,100,us-east-1,page,2026-11-24
                Lambda,GB-second arm64,0.5,0,us-east-1,page,2026-11-24
                APIGateway,REST request,0.001,0,us-east-1,page,2026-11-24
                WAF,web ACL-month,5,0,us-east-1,page,2026-11-24
                WAF,rule-month,1,0,us-east-1,page,2026-11-24
                WAF,request,0.0001,0,us-east-1,page,2026-11-24
                """);
        Files.writeString(folder.resolve("activities.csv"), """
                activity,per_patient_month,why
                session,20,
                """);
        usage("F");
    }

    private void usage(String function) throws IOException {
        Files.writeString(folder.resolve("usage.csv"), """
                activity,service,unit,quantity,function,why
                session,APIGateway,REST request,1,,
                session,Lambda,ms,500,%s,
                """.formatted(function));
    }

    private Bill bill(Map<String, String> parameters, int patients, boolean freeTier) throws IOException {
        Path file = Files.writeString(folder.resolve("template.yaml"), TEMPLATE);
        return new Bill(
                Template.read(file, parameters), folder, Prices.read(folder.resolve("prices.csv")), patients, freeTier);
    }

    @Test
    void fixed_rows_are_counted_in_the_template() throws IOException {
        assertThat(bill(Map.of(), 1, false).usd(true)).isEqualTo(1 + 0.1 + 8 * 0.3 + 0.1, within(1e-9));
        assertThat(bill(Map.of("Waf", "true"), 1, false).usd(true)
                        - bill(Map.of(), 1, false).usd(true))
                .as("a firewall of two rules")
                .isEqualTo(7, within(1e-9));
    }

    @Test
    void variable_rows_go_by_what_patients_do_and_by_the_memory_that_the_template_gives() throws IOException {
        // 10 patients, 20 sessions: 200 requests of the API and of Lambda, 200 x 0.5 s x 2 GB
        assertThat(bill(Map.of(), 10, false).usd(false)).isEqualTo(200 * 0.001 + 200 * 0.01 + 200 * 0.5, within(1e-9));
        assertThat(bill(Map.of("Waf", "true"), 10, false).usd(false)
                        - bill(Map.of(), 10, false).usd(false))
                .as("each request passes the firewall")
                .isEqualTo(200 * 0.0001, within(1e-9));
    }

    @Test
    void the_free_tier_is_taken_off_once_and_never_below_nothing() throws IOException {
        assertThat(bill(Map.of(), 10, false).usd(false)
                        - bill(Map.of(), 10, true).usd(false))
                .as("100 of 200 requests")
                .isEqualTo(1, within(1e-9));
        assertThat(bill(Map.of(), 1, true).rows()).allMatch(row -> row.usd() >= 0);
        assertThat(bill(Map.of(), 1, true).usd(true))
                .as("the alarm and the metrics are free")
                .isEqualTo(1.1, within(1e-9));
    }

    @Test
    void a_function_that_the_template_lacks_and_a_number_that_is_none_are_named_with_their_line() throws IOException {
        usage("Gone");
        assertThatThrownBy(() -> bill(Map.of(), 1, false))
                .hasMessage("usage.csv, line 3: the template has no function Gone");
        usage("F");
        Files.writeString(folder.resolve("activities.csv"), "activity,per_patient_month,why\nsession,often,\n");
        assertThatThrownBy(() -> bill(Map.of(), 1, false))
                .hasMessage("line 2: per_patient_month is no number of at least 0");
    }
}
