package dev.sampo.planted.r8blocking.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Blocks once for each answer. */
final class OffenderByReference {
  List<String> answers(List<CompletableFuture<String>> pending) {
    return pending.stream().map(CompletableFuture::join).toList();
  }
}
