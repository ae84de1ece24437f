package adamscope.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Who is let in: whoever has the token, by a name of this machine, from a page of this server or from none.
///
/// @param token the first part of every path
/// @param names hosts by which this machine may be asked; another one means a name that somebody turned to this machine
record Gate(String token, Set<String> names) {
    /// The gate of a server that listens at an address.
    static Gate of(String token, InetAddress address) {
        Set<String> names = new TreeSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
        try {
            if (address.isAnyLocalAddress()) {
                names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
                NetworkInterface.networkInterfaces()
                        .flatMap(each -> each.getInterfaceAddresses().stream())
                        .map(InterfaceAddress::getAddress)
                        .forEach(each -> names.add(written(each)));
            } else {
                names.add(written(address));
                names.add(address.getHostName().toLowerCase(Locale.ROOT));
            }
        } catch (SocketException | UnknownHostException _) {
            // By its numbers alone, then.
            names.add(written(address));
        }
        return new Gate(token, names);
    }

    /// An address as a browser writes it.
    static String written(InetAddress address) {
        String numbers = address.getHostAddress().replaceFirst("%.*", "");
        return numbers.contains(":") ? "[" + numbers + "]" : numbers;
    }

    /// The path behind the token.
    ///
    /// @throws HttpProblem if the request is not let in
    String path(HttpExchange asked) {
        Headers headers = asked.getRequestHeaders();
        String host = only(headers, "Host");
        String name = host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
        if (!names.contains(name)) {
            throw new HttpProblem(HttpProblem.FORBIDDEN, "this server answers to its own names only");
        }
        if (headers.containsKey("Origin")
                && !only(headers, "Origin")
                        .toLowerCase(Locale.ROOT)
                        .equals("http://" + host.toLowerCase(Locale.ROOT))) {
            throw new HttpProblem(HttpProblem.FORBIDDEN, "this server answers to its own pages only");
        }
        String path = asked.getRequestURI().getRawPath();
        int end = path.indexOf('/', 1);
        String given = path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
        if (!MessageDigest.isEqual(bytes(given), bytes(token))) {
            throw new HttpProblem(
                    HttpProblem.FORBIDDEN, "the address lacks its token; open the one that adamscope serve printed");
        }
        return end < 0 ? "" : path.substring(end + 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String only(Headers headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new HttpProblem(HttpProblem.BAD_REQUEST, "a request has one " + name);
        }
        return values.getFirst();
    }
}
