package io.zipmap.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy for HTTP. It records the requests, counts the bytes of the responses, and can cut connections.
 * Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private long cutAfter = Long.MAX_VALUE;
    private boolean cutAlways;
    private int cuts;

    /** @param target port on 127.0.0.1 */
    public TcpProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Clears the recorded requests and counters, and cuts no more connections. */
    public synchronized void reset() {
        requests.clear();
        bytes.set(0);
        cutAfter = Long.MAX_VALUE;
        cuts = 0;
    }

    /**
     * Cuts a connection after {@code count} more response bytes.
     *
     * @param always whether to cut every connection after that, rather than only one
     */
    public synchronized void cutAfter(long count, boolean always) {
        reset();
        cutAfter = count;
        cutAlways = always;
    }

    /** Method, path and range of each request, such as {@code GET /bucket/a.zip bytes=0-99}. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    public synchronized int cuts() {
        return cuts;
    }

    /** Number of response bytes, including headers. */
    public long bytes() {
        return bytes.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                start(() -> pump(client, server, true));
                start(() -> pump(server, client, false));
            } catch (IOException e) {
                // The proxy was closed, or a client disconnected: wait for the next client.
                continue;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean request) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (request) {
                    record(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                } else if (isCut(n)) {
                    return;
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // One side has closed. Leaving this block closes the other side.
            return;
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** Records a request. The clients of the tests send its headers in one packet. */
    private synchronized void record(String text) {
        String[] lines = text.split("\r\n");
        if (lines[0].endsWith(" HTTP/1.1")) {
            StringBuilder request = new StringBuilder(lines[0].substring(0, lines[0].length() - 9));
            for (String line : lines) {
                if (line.toLowerCase(Locale.ROOT).startsWith("range: ")) {
                    request.append(' ').append(line.substring(7));
                }
            }
            requests.add(request.toString());
        }
    }

    private synchronized boolean isCut(int count) {
        long before = bytes.getAndAdd(count);
        if (before + count <= cutAfter) {
            return false;
        }
        cuts++;
        if (!cutAlways) {
            cutAfter = Long.MAX_VALUE;
        }
        return true;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
