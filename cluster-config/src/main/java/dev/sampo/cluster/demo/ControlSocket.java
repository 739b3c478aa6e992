package dev.sampo.cluster.demo;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Where the running demo takes orders: a Unix domain socket in a folder that only its owner may
 * enter. An order is one line of at most {@value #LINE_MAX} bytes, the answer another one.
 */
public final class ControlSocket implements AutoCloseable {

  static final int LINE_MAX = 1024;

  /** Longer paths do not fit into a socket address on every system. */
  static final int PATH_MAX = 100;

  private final Path path;
  private final ServerSocketChannel server;

  private ControlSocket(Path path, ServerSocketChannel server) {
    this.path = path;
    this.server = server;
  }

  static ControlSocket listen(Path path) throws IOException {
    Files.deleteIfExists(path);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return new ControlSocket(path, server);
  }

  /** Answers one order after another on a thread of its own, until this is closed. */
  void serve(UnaryOperator<String> orders, Consumer<IOException> broken) {
    Thread.ofPlatform().daemon().name("demo-control").start(() -> serveAll(orders, broken));
  }

  private void serveAll(UnaryOperator<String> orders, Consumer<IOException> broken) {
    while (server.isOpen()) {
      try (var connection = server.accept()) {
        write(connection, orders.apply(readLine(connection)));
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException failed) {
        broken.accept(failed);
      }
    }
  }

  /** Sends {@code order} to the demo that listens at {@code path} and returns its answer. */
  public static String ask(Path path, String order) throws IOException {
    try (var connection = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      write(connection, order);
      return readLine(connection);
    }
  }

  private static void write(SocketChannel connection, String line) throws IOException {
    Channels.newOutputStream(connection).write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String readLine(SocketChannel connection) throws IOException {
    var bytes = Channels.newInputStream(connection);
    var line = new StringBuilder();
    for (int next = bytes.read(); next >= 0 && next != '\n'; next = bytes.read()) {
      if (line.length() == LINE_MAX) {
        throw new IOException("a line is longer than " + LINE_MAX + " bytes");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
