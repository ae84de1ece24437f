package adamscope.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/// Signals of the system, where there are any.
final class Signals {
    private Signals() {}

    /// Calls `heard` on each of these signals, such as `TERM`, in place of what the JVM would do. One that the JVM does
    /// not give away (after `-Xrs`), or that the system does not have, keeps its effect.
    ///
    /// By reflection: javac warns of every mention of `sun.misc.Signal`, which is the only way there is, and nothing
    /// turns this warning off.
    static void hear(List<String> names, Runnable heard) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calls =
                    Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            heard.run();
                        }
                        return null;
                    });
            for (String name : names) {
                try {
                    signal.getMethod("handle", signal, handler)
                            .invoke(null, signal.getConstructor(String.class).newInstance(name), calls);
                } catch (InvocationTargetException notGiven) {
                    if (!(notGiven.getCause() instanceof IllegalArgumentException)) {
                        throw new IllegalStateException(notGiven);
                    }
                }
            }
        } catch (ClassNotFoundException none) {
            // A Java without the module jdk.unsupported: signals keep their effect.
            return;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
