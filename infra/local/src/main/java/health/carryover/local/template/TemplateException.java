package health.carryover.local.template;

import java.util.List;

/** A template that cannot be understood, with everything that is wrong in it. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<String> problems;

    public TemplateException(String file, List<String> problems) {
        super(file + " is not understood:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence each, naming resource and property. */
    public List<String> problems() {
        return problems;
    }
}
