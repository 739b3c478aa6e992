package dev.sampo.persistence.journal;

import java.util.concurrent.Callable;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.Futures;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;

/** The threads that wait for the disk in place of an actor. */
record StorageWorkers(ExecutionContext threads) {

  static StorageWorkers of(ActorSystem system) {
    return new StorageWorkers(system.dispatchers().lookup("sampo.persistence.storage-dispatcher"));
  }

  <T> Future<T> call(Callable<T> work) {
    return Futures.future(work, threads);
  }

  @SuppressWarnings("NullAway") // Pekko's plug-ins answer with a Void, of which there is only null.
  Future<Void> run(Runnable work) {
    return Futures.future(
        () -> {
          work.run();
          return null;
        },
        threads);
  }
}
