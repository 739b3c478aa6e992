package dev.sampo.node.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;

/** Accepts links as a validator does and answers heartbeats, until it is told to fall silent. */
final class RawListener implements AutoCloseable {

  private final SSLServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<IOException> endings = new CopyOnWriteArrayList<>();
  private volatile boolean isSilent;

  RawListener(TestValidators validators, int index) throws IOException {
    var factory = validators.tls(index).trusting(any -> true).getServerSocketFactory();
    server =
        (SSLServerSocket)
            factory.createServerSocket(
                validators.port(index), 10, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    threads.execute(this::acceptAll);
  }

  void fallSilent() {
    isSilent = true;
  }

  private void acceptAll() {
    try {
      while (!server.isClosed()) {
        var socket = server.accept();
        threads.execute(() -> answer(socket));
      }
    } catch (IOException closed) {
      endings.add(closed);
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      var in = socket.getInputStream();
      in.readNBytes(Frame.OVERHEAD_BYTES + Hello.LENGTH);
      int length = Frame.OVERHEAD_BYTES + Frame.Heartbeat.LENGTH;
      var heartbeat = in.readNBytes(length);
      while (heartbeat.length == length) {
        if (!isSilent) {
          socket.getOutputStream().write(heartbeat);
        }
        heartbeat = in.readNBytes(length);
      }
    } catch (IOException closed) {
      endings.add(closed);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
