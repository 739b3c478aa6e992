package dev.sampo.persistence.journal;

import dev.sampo.core.consensus.Promise;
import java.util.List;

/** The event: these promises were made, in this order, and are durable together (protocol 2.4). */
record PromisesMade(List<Promise> promises) {

  PromisesMade {
    promises = List.copyOf(promises);
  }
}
