package dev.sampo.client;

import dev.sampo.client.v1.GenesisDocument;
import dev.sampo.client.v1.GetAccountRequest;
import dev.sampo.client.v1.GetGenesisRequest;
import dev.sampo.client.v1.GetTransactionRequest;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.crypto.RememberingVerifier;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.light.LightClient;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Reads of which nothing is believed that does not follow from the trust anchor. Thread-safe. */
final class ProvenReads {

  /** Several proofs of one answer share their certificates. */
  private static final int REMEMBERED_VOTES = 1024;

  /** A receipt is certified a few message delays after its execution. */
  private static final Duration PROOF_PAUSE = Duration.ofMillis(50);

  private final ClientSettings settings;
  private final Calls calls;
  private final Answers answers;
  private final AtomicReference<Optional<Known>> known = new AtomicReference<>(Optional.empty());

  /** The genesis document and what is verified with it. */
  private record Known(Genesis genesis, Verification verification) {}

  ProvenReads(ClientSettings settings, Calls calls, Answers answers) {
    this.settings = settings;
    this.calls = calls;
    this.answers = answers;
  }

  CompletableFuture<Genesis> genesis() {
    return known().thenApply(Known::genesis);
  }

  CompletableFuture<AccountReading> account(
      AccountId id, List<AssetId> assets, GetAccountRequest request) {
    return known()
        .thenCompose(
            trusted ->
                calls
                    .unary(SampoGrpc.getGetAccountMethod(), request, settings.callTimeout())
                    .thenApply(
                        answer -> {
                          var claim =
                              answers.strictly(
                                  () ->
                                      AccountAnswer.of(settings.trust().ledger())
                                          .read(id, assets, answer));
                          return trusted.verification().account(claim, answer.getStateProofsList());
                        }));
  }

  /** Asks again while the receipt is not certified yet, as long as a call may take. */
  CompletableFuture<Outcome> transaction(TransactionId id) {
    long deadline = System.nanoTime() + settings.callTimeout().toNanos();
    return known().thenCompose(trusted -> transaction(id, trusted.verification(), deadline));
  }

  private CompletableFuture<Outcome> transaction(
      TransactionId id, Verification verification, long deadlineNanos) {
    var request =
        GetTransactionRequest.newBuilder()
            .setTransactionId(SampoClient.byteString(id.hash()))
            .setProve(true)
            .build();
    var remaining = Duration.ofNanos(deadlineNanos - System.nanoTime());
    return calls
        .unary(SampoGrpc.getGetTransactionMethod(), request, remaining)
        .thenCompose(
            status -> {
              if (!status.hasReceipt() || !status.getReceiptProof().isEmpty()) {
                return CompletableFuture.completedFuture(proven(id, status, verification));
              }
              if (deadlineNanos - System.nanoTime() <= PROOF_PAUSE.toNanos()) {
                throw new SampoException(
                    calls.catalogue().get("PROOF_NOT_READY"), id.hex(), false, null);
              }
              return Calls.after(PROOF_PAUSE)
                  .thenCompose(_ -> transaction(id, verification, deadlineNanos));
            });
  }

  private Outcome proven(TransactionId id, TransactionStatus status, Verification verification) {
    return switch (answers.outcome(id, status)) {
      case Outcome.Committed committed ->
          verification.committed(committed, status.getReceiptProof());
      case Outcome.Rejected rejected -> verification.rejected(rejected, status.getReceiptProof());
      case Outcome.Pending pending -> pending;
    };
  }

  private CompletableFuture<Known> known() {
    return known
        .get()
        .map(CompletableFuture::completedFuture)
        .orElseGet(
            () ->
                switch (settings.trust()) {
                  case TrustAnchor.Document(var genesis) ->
                      CompletableFuture.completedFuture(remember(genesis));
                  case TrustAnchor.Pinned(var ledger) -> fetch(ledger);
                });
  }

  private CompletableFuture<Known> fetch(LedgerId ledger) {
    return calls
        .unary(
            SampoGrpc.getGetGenesisMethod(),
            GetGenesisRequest.getDefaultInstance(),
            settings.callTimeout())
        .thenApply(document -> remember(genesis(ledger, document)));
  }

  private Genesis genesis(LedgerId ledger, GenesisDocument document) {
    Genesis genesis;
    try {
      genesis = Genesis.decode(Answers.bytes(document.getGenesis()));
    } catch (Malformed malformed) {
      throw mismatch("its genesis document is malformed: " + malformed.getMessage());
    }
    if (!genesis.ledgerId().equals(ledger)) {
      throw mismatch("asked for " + ledger.hex() + ", got " + genesis.ledgerId().hex());
    }
    return genesis;
  }

  private SampoException mismatch(String why) {
    return new SampoException(calls.catalogue().get("LEDGER_MISMATCH"), why, false, null);
  }

  /** Only the first one counts, as the light client remembers what it has seen. */
  private Known remember(Genesis genesis) {
    var verifier = new RememberingVerifier(new Ed25519Suite(), REMEMBERED_VOTES);
    var trusted =
        new Known(genesis, new Verification(calls.catalogue(), LightClient.of(genesis, verifier)));
    return known.updateAndGet(before -> before.or(() -> Optional.of(trusted))).orElseThrow();
  }
}
