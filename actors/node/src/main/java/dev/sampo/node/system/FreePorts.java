package dev.sampo.node.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds TCP ports of the loopback address that nobody listens on at the moment. */
public final class FreePorts {

  private FreePorts() {}

  /** {@code count} different ports, chosen by the system. */
  public static List<Integer> any(int count) {
    return tryAll(IntStream.generate(() -> 0).limit(count).boxed().toList());
  }

  /** {@code count} ports from {@code first} on, or an empty list if one of them is taken. */
  public static List<Integer> consecutive(int first, int count) {
    try {
      return tryAll(IntStream.range(first, first + count).boxed().toList());
    } catch (UncheckedIOException taken) {
      return List.of();
    }
  }

  /** Holds all of them at the same time, so that the system cannot choose one twice. */
  private static List<Integer> tryAll(List<Integer> ports) {
    var held = new ArrayList<ServerSocket>();
    try {
      for (int port : ports) {
        held.add(listen(port));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    } finally {
      held.forEach(FreePorts::release);
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
