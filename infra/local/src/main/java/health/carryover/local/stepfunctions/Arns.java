package health.carryover.local.stepfunctions;

import java.util.List;

/** ARNs of Step Functions. */
final class Arns {
    private Arns() {}

    private static String part(String arn, int index) {
        List<String> parts = List.of(arn.split(":", -1));
        return index < parts.size() ? parts.get(index) : "";
    }

    static String region(String arn) {
        return part(arn, 3);
    }

    static String account(String arn) {
        return part(arn, 4);
    }

    /** {@code execution}, {@code express}, {@code stateMachine} ... */
    static String kind(String arn) {
        return part(arn, 5);
    }

    /** The name of the machine of an execution, be it of a Distributed Map of it: {@code m} of {@code execution:m/label:x}. */
    static String machineOf(String executionArn) {
        String name = part(executionArn, 6);
        int label = name.indexOf('/');
        return label < 0 ? name : name.substring(0, label);
    }

    static String machine(String region, String account, String name) {
        return "arn:aws:states:" + region + ":" + account + ":stateMachine:" + name;
    }

    static String execution(StateMachine machine, String name, String unique) {
        String start = "arn:aws:states:" + region(machine.arn()) + ":" + account(machine.arn());
        return machine.express()
                ? start + ":express:" + machine.name() + ":" + name + ":" + unique
                : start + ":execution:" + machine.name() + ":" + name;
    }

    static String mapRun(String executionArn, String machine, String label, String unique) {
        return "arn:aws:states:" + region(executionArn) + ":" + account(executionArn) + ":mapRun:" + machine + "/"
                + label + ":" + unique;
    }
}
