package dev.sampo.client;

import dev.sampo.core.types.LedgerId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The nodes in turn, leaving out those whose breaker is open while there are others. Thread-safe.
 */
final class EndpointPool implements AutoCloseable {

  private final ClientLoop loop;
  private final AnsweringNode answering = new AnsweringNode();
  private final List<Endpoint> endpoints;
  private final AtomicInteger turn = new AtomicInteger();

  /** Every call says that it is about {@code ledger}, if it is about one. */
  EndpointPool(List<String> addresses, LedgerId ledger) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("needs the address of at least one node");
    }
    this.loop = new ClientLoop();
    try {
      this.endpoints =
          addresses.stream().map(address -> Endpoint.of(address, ledger, loop, answering)).toList();
    } catch (IllegalArgumentException noAddress) {
      loop.close();
      throw noAddress;
    }
  }

  /** Which node answered last. */
  AnsweringNode answering() {
    return answering;
  }

  int size() {
    return endpoints.size();
  }

  Endpoint next() {
    long now = System.nanoTime();
    int first = turn.getAndIncrement();
    for (int i = 0; i < endpoints.size(); i++) {
      var endpoint = at(first + i);
      if (endpoint.admits(now)) {
        return endpoint;
      }
    }
    return at(first);
  }

  private Endpoint at(int position) {
    return endpoints.get(Math.floorMod(position, endpoints.size()));
  }

  @Override
  public void close() {
    endpoints.forEach(Endpoint::close);
    loop.close();
  }
}
