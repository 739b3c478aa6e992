package dev.sampo.node.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A name server on loopback that knows the records of a test, and can answer garbage. */
final class DnsResponder implements AutoCloseable {

  private static final int DATAGRAM_MAX = 4096;

  private final DatagramSocket socket;
  private final List<Record> records = new CopyOnWriteArrayList<>();
  private volatile boolean garbage;

  DnsResponder() throws SocketException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  void tell(Record... known) {
    garbage = false;
    records.clear();
    records.addAll(List.of(known));
  }

  void tellGarbage() {
    garbage = true;
  }

  private void serve() {
    var datagram = new DatagramPacket(new byte[DATAGRAM_MAX], DATAGRAM_MAX);
    try {
      while (true) {
        datagram.setLength(DATAGRAM_MAX);
        socket.receive(datagram);
        var answer = answer(Arrays.copyOf(datagram.getData(), datagram.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, datagram.getSocketAddress()));
      }
    } catch (SocketException closed) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(closed);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private byte[] answer(byte[] asked) throws IOException {
    var question = new Message(asked);
    var answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    records.stream()
        .filter(each -> each.getName().equals(question.getQuestion().getName()))
        .filter(each -> each.getType() == question.getQuestion().getType())
        .forEach(each -> answer.addRecord(each, Section.ANSWER));
    if (answer.getSection(Section.ANSWER).isEmpty()) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    var wire = answer.toWire();
    return garbage ? Arrays.copyOf(wire, wire.length / 2) : wire;
  }

  @Override
  public void close() {
    socket.close();
  }
}
