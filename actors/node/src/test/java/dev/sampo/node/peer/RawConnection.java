package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.ValidatorIndex;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.pekko.util.ByteString;

/** A connection to a listener that says whatever a test wants it to say. */
final class RawConnection implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
  }

  static RawConnection plain(int port) throws IOException {
    return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Authenticates as the owner of {@code tls} and trusts whoever answers. */
  static RawConnection secured(int port, PeerTls tls) throws IOException {
    var factory = tls.trusting(any -> true).getSocketFactory();
    var socket = (SSLSocket) factory.createSocket(InetAddress.getLoopbackAddress(), port);
    socket.startHandshake();
    return new RawConnection(socket);
  }

  /** Authenticates and says a correct hello. */
  static RawConnection admitted(
      TestValidators validators, int sender, int recipient, PeerStream stream) throws IOException {
    var connection = secured(validators.port(recipient), validators.tls(sender));
    connection.write(
        validators.identity(sender).hello(stream, ValidatorIndex.of(recipient)).encoded());
    return connection;
  }

  RawConnection write(ByteString bytes) throws IOException {
    socket.getOutputStream().write(bytes.toArray());
    socket.getOutputStream().flush();
    return this;
  }

  RawConnection write(byte[] bytes) throws IOException {
    return write(ByteString.fromArray(bytes));
  }

  /** Sends a heartbeat and waits for its answer. */
  void heartbeat(long number) throws IOException {
    var heartbeat = new Frame.Heartbeat(number).encoded();
    write(heartbeat);
    var answer = in.readNBytes(heartbeat.size());
    if (!ByteString.fromArray(answer).equals(heartbeat)) {
      throw new IOException("unexpected answer " + answer.length);
    }
  }

  /** Whether the other side closes, in whatever manner; what it sends before is ignored. */
  boolean isClosedByPeer() throws IOException {
    try {
      in.readAllBytes();
      return true;
    } catch (SocketException | SSLException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
