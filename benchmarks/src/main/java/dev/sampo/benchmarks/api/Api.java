package dev.sampo.benchmarks.api;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One of the two ways to ask a node. What is not the answer that was asked for is a failure. */
interface Api extends AutoCloseable {

  /** How long a node may take for anything. */
  Duration ANSWER_MAX = Duration.ofSeconds(60);

  String name();

  /** Reads an account that exists. */
  CompletableFuture<Void> account(AccountId account);

  /** Submits, and waits until it is committed. */
  CompletableFuture<Void> submit(SignedTransaction transaction);

  @Override
  void close();
}
