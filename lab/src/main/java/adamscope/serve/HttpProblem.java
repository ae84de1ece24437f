package adamscope.serve;

/// Why a request gets no answer: a status and a sentence for whoever asked.
final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD = 405;
    static final int TOO_LARGE = 413;
    static final int FAILED = 500;
    static final int BUSY = 503;

    private final int status;

    HttpProblem(int status, String words) {
        super(words);
        this.status = status;
    }

    int status() {
        return status;
    }
}
