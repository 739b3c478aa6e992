package dev.sampo.node.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds TCP ports of the loopback address that nobody listens on at the moment.
 *
 * <p>A port found is free again until its user listens on it, so the ones chosen here lie below
 * every common range of ephemeral ports (Linux from 32768, IANA and others from 49152): no outgoing
 * connection takes one of them meanwhile.
 */
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int END = 32_768;

  private FreePorts() {}

  /**
   * {@code count} different ports, drawn at random.
   *
   * @throws IllegalStateException if fewer are free
   */
  public static List<Integer> any(int count) {
    var candidates = new ArrayList<>(IntStream.range(FIRST, END).boxed().toList());
    Collections.shuffle(candidates);
    var held = new ArrayList<ServerSocket>();
    try {
      candidates.stream()
          .map(FreePorts::listenIfFree)
          .flatMap(Optional::stream)
          .limit(count)
          .forEach(held::add);
    } finally {
      held.forEach(FreePorts::release);
    }
    if (held.size() < count) {
      throw new IllegalStateException("only " + held.size() + " of " + count + " ports are free");
    }
    return portsOf(held);
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
      return portsOf(held);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    } finally {
      held.forEach(FreePorts::release);
    }
  }

  private static List<Integer> portsOf(List<ServerSocket> held) {
    return held.stream().map(ServerSocket::getLocalPort).toList();
  }

  private static Optional<ServerSocket> listenIfFree(int port) {
    try {
      return Optional.of(listen(port));
    } catch (IOException taken) {
      return Optional.empty();
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
