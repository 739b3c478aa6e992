package dev.sampo.planted.r8blocking.node;

import java.util.concurrent.CompletableFuture;

/** Holds a dispatcher's thread until an answer is there. */
final class Offender {
  String answer(CompletableFuture<String> pending) {
    return pending.join();
  }
}
