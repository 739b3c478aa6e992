package dev.sampo.planted.r8blocking.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Gets, joins and takes, but waits for nothing. */
final class Innocent {
  Optional<String> first(List<String> names) {
    return Optional.of(String.join(",", names) + names.get(0));
  }

  CompletableFuture<Integer> length(CompletableFuture<String> pending) {
    return pending.thenApply(String::length);
  }
}
