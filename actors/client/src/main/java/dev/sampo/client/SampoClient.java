package dev.sampo.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sampo.client.v1.Block;
import dev.sampo.client.v1.GetAccountRequest;
import dev.sampo.client.v1.GetBlockRequest;
import dev.sampo.client.v1.GetPacketRequest;
import dev.sampo.client.v1.GetStatusRequest;
import dev.sampo.client.v1.GetTransactionRequest;
import dev.sampo.client.v1.HostLedgerResponse;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.client.v1.MoveLedgerResponse;
import dev.sampo.client.v1.PacketStatus;
import dev.sampo.client.v1.Placement;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.Status;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Talks to the nodes of one ledger. Every method has a blocking and an asynchronous form; both end
 * within their time and fail with {@link SampoException} only. A lack of answers to a submitted
 * transaction is {@link Outcome.Pending}, never a failure. Keep the signed bytes until the outcome
 * is final: sending the same bytes again, here or from a new process, can never do it twice (7.14).
 * Thread-safe.
 */
public final class SampoClient implements AutoCloseable {

  private final ClientSettings settings;
  private final LedgerId ledger;
  private final Calls calls;
  private final Answers answers;
  private final Submissions submissions;
  private final ProvenReads proven;
  private final Hosting hosting;

  private SampoClient(ClientSettings settings, LedgerId ledger, Calls calls) {
    this.settings = settings;
    this.ledger = ledger;
    this.calls = calls;
    this.answers = new Answers(calls.catalogue());
    this.submissions = new Submissions(calls, answers);
    this.proven = new ProvenReads(settings, calls, answers);
    this.hosting = new Hosting(settings, calls);
  }

  /** Connects when the first call is made. */
  public static SampoClient connect(ClientSettings settings) {
    // The id of a document is a hash over all of it, and asked for with each transfer.
    var ledger = settings.trust().ledger();
    var pool = new EndpointPool(settings.endpoints(), ledger);
    return new SampoClient(
        settings, ledger, new Calls(pool, settings.backoff(), ErrorCatalogue.load()));
  }

  public LedgerId ledger() {
    return ledger;
  }

  /**
   * The name of the node whose answer was last heard: of several calls at a time, that of any. One
   * that forwards requests gives the name of the node that it forwarded to. Nothing before the
   * first answer. It is believed as it is.
   */
  public Optional<String> answeredBy() {
    return calls.answeredBy();
  }

  /** Hands over a transaction; {@link Outcome.Pending} means that a node has or may have it. */
  public Outcome submit(SignedTransaction transaction) {
    return await(submitAsync(transaction));
  }

  public CompletableFuture<Outcome> submitAsync(SignedTransaction transaction) {
    return submissions.submit(transaction, settings.callTimeout());
  }

  /** Hands over a transaction and waits until its outcome is final, but not longer than asked. */
  public Outcome submitAndWait(SignedTransaction transaction, Duration atMost) {
    return await(submitAndWaitAsync(transaction, atMost));
  }

  public CompletableFuture<Outcome> submitAndWaitAsync(
      SignedTransaction transaction, Duration atMost) {
    return submissions.submitAndWait(transaction, atMost);
  }

  /** Follows a transaction until its outcome is final, but not longer than asked. */
  public Outcome watch(TransactionId id, Duration atMost) {
    return await(watchAsync(id, atMost, _ -> {}));
  }

  /** As above; {@code listener} hears each change, on a thread that it must not block. */
  public CompletableFuture<Outcome> watchAsync(
      TransactionId id, Duration atMost, Consumer<Outcome> listener) {
    return new Watch(calls, answers, id, listener).follow(atMost);
  }

  /** What a node says of a transaction now; nothing if it does not know it. */
  public Optional<Outcome> transaction(TransactionId id) {
    return await(transactionAsync(id));
  }

  public CompletableFuture<Optional<Outcome>> transactionAsync(TransactionId id) {
    var request =
        GetTransactionRequest.newBuilder().setTransactionId(byteString(id.hash())).build();
    return found(
        calls
            .unary(SampoGrpc.getGetTransactionMethod(), request, settings.callTimeout())
            .thenApply(status -> answers.outcome(id, status)));
  }

  /** As {@link #transaction}, and an executed one with its receipt verified here. */
  public Optional<Outcome> provenTransaction(TransactionId id) {
    return await(provenTransactionAsync(id));
  }

  public CompletableFuture<Optional<Outcome>> provenTransactionAsync(TransactionId id) {
    return found(proven.transaction(id));
  }

  /** What a node says of an account; believed as it is. No assets: those that it reports. */
  public AccountReading account(AccountId id, List<AssetId> assets) {
    return await(accountAsync(id, assets, Height.ZERO));
  }

  /** {@code atLeast}: not older than after this block, such as one's own last commit. */
  public CompletableFuture<AccountReading> accountAsync(
      AccountId id, List<AssetId> assets, Height atLeast) {
    var request = accountRequest(id, assets, atLeast);
    return calls
        .unary(SampoGrpc.getGetAccountMethod(), request.build(), settings.callTimeout())
        .thenApply(
            answer -> answers.strictly(() -> AccountAnswer.of(ledger()).read(id, assets, answer)));
  }

  /** An account, or its absence, verified here against the validators' signatures. */
  public AccountReading provenAccount(AccountId id, List<AssetId> assets) {
    return await(provenAccountAsync(id, assets, Height.ZERO));
  }

  public CompletableFuture<AccountReading> provenAccountAsync(
      AccountId id, List<AssetId> assets, Height atLeast) {
    return proven.account(id, assets, accountRequest(id, assets, atLeast).setProve(true).build());
  }

  /** A final block as a node describes it; nothing if it has none. */
  public Optional<Block> block(Height height) {
    return await(blockAsync(GetBlockRequest.newBuilder().setHeight(height.number()).build()));
  }

  public Optional<Block> block(Hash hash) {
    return await(blockAsync(GetBlockRequest.newBuilder().setHash(byteString(hash)).build()));
  }

  public Optional<Block> latestBlock() {
    return await(blockAsync(GetBlockRequest.getDefaultInstance()));
  }

  public CompletableFuture<Optional<Block>> blockAsync(GetBlockRequest request) {
    return found(calls.unary(SampoGrpc.getGetBlockMethod(), request, settings.callTimeout()));
  }

  /** How packets stand at this ledger's end of a channel, as one node says; believed as it is. */
  public PacketStatus packet(ChannelId channel, long sequence) {
    return await(packetAsync(channel, sequence));
  }

  public CompletableFuture<PacketStatus> packetAsync(ChannelId channel, long sequence) {
    var request =
        GetPacketRequest.newBuilder().setChannel(channel.name()).setSequence(sequence).build();
    return calls.unary(SampoGrpc.getGetPacketMethod(), request, settings.callTimeout());
  }

  /** Where the ledger stands as one node sees it. */
  public Status status() {
    return await(statusAsync());
  }

  public CompletableFuture<Status> statusAsync() {
    return calls.unary(
        SampoGrpc.getGetStatusMethod(),
        GetStatusRequest.getDefaultInstance(),
        settings.callTimeout());
  }

  /** The genesis document, which hashes to the ledger id that this client was given. */
  public Genesis genesis() {
    return await(genesisAsync());
  }

  public CompletableFuture<Genesis> genesisAsync() {
    return proven.genesis();
  }

  /** The ledgers that one node hosts, as it describes them; this client's need not be one. */
  public List<ListedLedger> ledgers() {
    return await(ledgersAsync());
  }

  public CompletableFuture<List<ListedLedger>> ledgersAsync() {
    return hosting.list();
  }

  /**
   * Makes one node host a ledger, be it this client's or another; asking again is safe. The answer
   * is about the charter's ledger, or the call fails.
   */
  public HostLedgerResponse host(LedgerCharter charter) {
    return await(hostAsync(charter));
  }

  public CompletableFuture<HostLedgerResponse> hostAsync(LedgerCharter charter) {
    return hosting.host(charter);
  }

  /** Which node of the answering node's validator hosts what, as that node has heard last. */
  public Placement placement() {
    return await(placementAsync());
  }

  public CompletableFuture<Placement> placementAsync() {
    return hosting.placement();
  }

  /**
   * Has another node of a validator host its replica of a ledger; the answer comes when the move
   * has begun. Asked of a node of that validator, whose signature it is.
   */
  public MoveLedgerResponse move(MoveOrder order, Signature signature) {
    return await(moveAsync(order, signature));
  }

  public CompletableFuture<MoveLedgerResponse> moveAsync(MoveOrder order, Signature signature) {
    return hosting.move(order, signature);
  }

  /** Ends all calls that are under way; their outcome is unknown. */
  @Override
  public void close() {
    calls.close();
  }

  static ByteString byteString(Hash hash) {
    return byteString(hash.value());
  }

  static ByteString byteString(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
  }

  private static GetAccountRequest.Builder accountRequest(
      AccountId id, List<AssetId> assets, Height atLeast) {
    return GetAccountRequest.newBuilder()
        .setName(id.name())
        .addAllAssets(assets.stream().map(AssetId::name).toList())
        .setMinHeight(atLeast.number());
  }

  /** Nothing in place of a NOT_FOUND error, unless it is the whole ledger that was not found. */
  private static <T> CompletableFuture<Optional<T>> found(CompletableFuture<T> answer) {
    return answer
        .thenApply(Optional::of)
        .exceptionallyCompose(
            thrown ->
                isOfContent(SampoException.in(thrown).error())
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : CompletableFuture.failedFuture(SampoException.in(thrown)));
  }

  private static boolean isOfContent(ErrorCatalogue.Entry error) {
    return error.grpcStatus() == io.grpc.Status.Code.NOT_FOUND
        && !error.code().equals(Failure.LEDGER_NOT_FOUND);
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw SampoException.in(failed);
    }
  }
}
