package dev.sampo.planted.r8blocking.client;

import java.util.concurrent.CompletableFuture;

/** The caller of the client library asked to wait. */
final class Innocent {
  String answer(CompletableFuture<String> pending) {
    return pending.join();
  }
}
