package adamscope.cli;

/// Prints the arguments.
public final class Main {

    private Main() {}

    static void main(String[] arguments) {
        System.out.println("adamscope " + java.util.List.of(arguments));
        if (arguments.length > 0 && arguments[0].equals("exit")) System.exit(Integer.parseInt(arguments[1]));
    }
}
