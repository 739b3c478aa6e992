package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Stands between a store and its server, and breaks a connection in the middle of a commit. */
final class CuttableProxy implements AutoCloseable {

  /** What becomes of the next commit. */
  enum Cut {
    NONE,
    BEFORE_THE_SERVER_HEARS_IT,
    BEFORE_THE_CLIENT_HEARS_OF_IT
  }

  /** The message that prepares a commit gives it a name, by which later ones on the link run it. */
  private static final Pattern PREPARED = Pattern.compile("(S_\\d+)\0COMMIT\0");

  private static final int BUFFER_BYTES = 1 << 16;

  private final ServerSocket listener;
  private final int serverPort;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Cut cut = Cut.NONE;

  CuttableProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void cutNextCommit(Cut where) {
    cut = where;
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        open.add(client);
        open.add(server);
        var link = new Link(client, server);
        start(link::requests);
        start(link::answers);
      }
    } catch (IOException closed) {
      close();
    }
  }

  private static void start(Runnable work) {
    Thread.ofPlatform().daemon().start(work);
  }

  @Override
  public void close() {
    closeQuietly(listener);
    open.forEach(CuttableProxy::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private final class Link {

    private final Socket client;
    private final Socket server;
    private volatile boolean isMuted;
    private String commitName = "COMMIT";

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void requests() {
      try {
        copy(client.getInputStream(), server.getOutputStream(), true);
      } catch (IOException ended) {
        breakOff();
      }
    }

    void answers() {
      try {
        copy(server.getInputStream(), client.getOutputStream(), false);
      } catch (IOException ended) {
        breakOff();
      }
    }

    private void copy(InputStream in, OutputStream out, boolean isRequest) throws IOException {
      var buffer = new byte[BUFFER_BYTES];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        var text = new String(buffer, 0, length, ISO_8859_1);
        if (isRequest && isCommit(text) && cut != Cut.NONE) {
          isMuted = true;
          if (cut == Cut.BEFORE_THE_SERVER_HEARS_IT) {
            break;
          }
        }
        if (isMuted && !isRequest) {
          break;
        }
        out.write(buffer, 0, length);
        out.flush();
      }
      breakOff();
    }

    private boolean isCommit(String request) {
      var prepared = PREPARED.matcher(request);
      if (prepared.find()) {
        commitName = prepared.group(1);
      }
      return request.contains("\0" + commitName + "\0");
    }

    private void breakOff() {
      closeQuietly(client);
      closeQuietly(server);
    }
  }
}
