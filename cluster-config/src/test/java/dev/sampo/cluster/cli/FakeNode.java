package dev.sampo.cluster.cli;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.Balance;
import dev.sampo.client.v1.GenesisDocument;
import dev.sampo.client.v1.GetAccountRequest;
import dev.sampo.client.v1.GetGenesisRequest;
import dev.sampo.client.v1.GetPlacementRequest;
import dev.sampo.client.v1.GetStatusRequest;
import dev.sampo.client.v1.GetTransactionRequest;
import dev.sampo.client.v1.HostLedgerRequest;
import dev.sampo.client.v1.HostLedgerResponse;
import dev.sampo.client.v1.ListLedgersRequest;
import dev.sampo.client.v1.ListLedgersResponse;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.client.v1.MoveLedgerRequest;
import dev.sampo.client.v1.MoveLedgerResponse;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.PlacedNode;
import dev.sampo.client.v1.PlacedReplica;
import dev.sampo.client.v1.Placement;
import dev.sampo.client.v1.Receipt;
import dev.sampo.client.v1.Rejection;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.SubmissionAnswer;
import dev.sampo.client.v1.SubmitTransactionRequest;
import dev.sampo.client.v1.SubmitTransactionsRequest;
import dev.sampo.client.v1.SubmitTransactionsResponse;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.client.v1.Validator;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.wire.Malformed;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A node whose answers a test chooses. */
final class FakeNode extends SampoGrpc.SampoImplBase implements AutoCloseable {

  /** Whose accounts it tells. */
  static final LedgerId LEDGER = LedgerId.fromHex("ab".repeat(32));

  private final Server server;
  private final List<LedgerCharter> charters = Collections.synchronizedList(new ArrayList<>());
  private volatile Optional<String> hostRefusal = Optional.empty();
  private volatile List<String> reasons = List.of();
  private static final Metadata.Key<String> CODE =
      Metadata.Key.of("sampo-code", Metadata.ASCII_STRING_MARSHALLER);

  private final List<SignedTransaction> submitted = Collections.synchronizedList(new ArrayList<>());
  private volatile Supplier<TransactionStatus.Builder> outcome = FakeNode::committed;
  private volatile int validatorsUp = 4;
  private volatile List<PublicKey> keys = List.of();
  private volatile Optional<PublicKey> mover = Optional.empty();
  private volatile Optional<String> moveRefusal = Optional.empty();
  private volatile String host = "v1a";
  private volatile boolean loses;
  private volatile boolean hostsNothing;

  FakeNode() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .build()
            .start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** The keys of its validators, two in data centre a and the others in b. */
  void hasValidators(List<PublicKey> known) {
    keys = List.copyOf(known);
  }

  List<SignedTransaction> submitted() {
    return List.copyOf(submitted);
  }

  void decides(Supplier<TransactionStatus.Builder> decision) {
    outcome = decision;
  }

  /** The charters that it was given, refused ones too. */
  List<LedgerCharter> charters() {
    return List.copyOf(charters);
  }

  void refusesCharters(String code) {
    hostRefusal = Optional.of(code);
  }

  /** Of the ledgers that it hosts by charters. */
  void isNotReady(String... why) {
    reasons = List.of(why);
  }

  void reaches(int validators) {
    validatorsUp = validators;
  }

  static TransactionStatus.Builder committed() {
    return TransactionStatus.newBuilder()
        .setOutcome(Outcome.OUTCOME_COMMITTED)
        .setReceipt(
            Receipt.newBuilder()
                .setHeight(7)
                .setCode("OK")
                .setBlockTimeMs(1000)
                .setStateDeltaHash(ByteString.copyFrom(new byte[32])));
  }

  static TransactionStatus.Builder pending() {
    return TransactionStatus.newBuilder().setOutcome(Outcome.OUTCOME_PENDING);
  }

  static TransactionStatus.Builder rejected(String code) {
    return TransactionStatus.newBuilder()
        .setOutcome(Outcome.OUTCOME_REJECTED)
        .setRejection(Rejection.newBuilder().setCode(code).setMessage("because"));
  }

  @Override
  public void submitTransaction(
      SubmitTransactionRequest request, StreamObserver<TransactionStatus> answer) {
    try {
      answer(answer, submit(request.getSignedTransaction()));
    } catch (Malformed malformed) {
      answer.onError(malformed);
    }
  }

  private TransactionStatus submit(ByteString signed) throws Malformed {
    var transaction = SignedTransaction.decode(Bytes.owning(signed.toByteArray()));
    submitted.add(transaction);
    return status(ByteString.copyFrom(transaction.id().hash().value().toByteArray()));
  }

  @Override
  public StreamObserver<SubmitTransactionsRequest> submitTransactions(
      StreamObserver<SubmitTransactionsResponse> answers) {
    return new StreamObserver<>() {
      @Override
      public void onNext(SubmitTransactionsRequest request) {
        try {
          for (var submission : request.getSubmissionsList()) {
            var answer =
                SubmissionAnswer.newBuilder()
                    .setNumber(submission.getNumber())
                    .setStatus(submit(submission.getSignedTransaction()));
            answers.onNext(SubmitTransactionsResponse.newBuilder().addAnswers(answer).build());
          }
        } catch (Malformed malformed) {
          answers.onError(malformed);
        }
      }

      @Override
      public void onError(Throwable left) {
        // The client has left; nothing waits for an answer.
      }

      @Override
      public void onCompleted() {
        answers.onCompleted();
      }
    };
  }

  @Override
  public void getTransaction(
      GetTransactionRequest request, StreamObserver<TransactionStatus> answer) {
    answer(answer, status(request.getTransactionId()));
  }

  private TransactionStatus status(ByteString id) {
    return outcome.get().setTransactionId(id).build();
  }

  @Override
  public void getAccount(GetAccountRequest request, StreamObserver<Account> answer) {
    answer(
        answer,
        Account.newBuilder()
            .setName(request.getName())
            .setExists(true)
            .setHeight(7)
            .setBlockTimeMs(1000)
            .setPublicKey(ByteString.copyFrom(new byte[32]))
            .setLedgerId(bytes(LEDGER))
            .addBalances(Balance.newBuilder().setAsset("coin").setAmount(1005))
            .build());
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<Status> answer) {
    var status =
        Status.newBuilder()
            .setLedgerId(ByteString.copyFrom(new byte[32]))
            .setExecutedHeight(7)
            .setQuorum(3)
            .setQuorumMargin(validatorsUp - 3)
            .setClusterMembersUp(4);
    for (int i = 0; i < 4; i++) {
      status.addValidators(
          Validator.newBuilder()
              .setIndex(i)
              .setName("v" + (i + 1))
              .setPublicKey(keyOf(i))
              .setDataCentre(i < 2 ? "a" : "b")
              .setReachable(i < validatorsUp)
              .setReported(i < validatorsUp)
              .setHeight(7 - i)
              .setPid(100 + i));
    }
    answer(answer, status.build());
  }

  @Override
  public void listLedgers(ListLedgersRequest request, StreamObserver<ListLedgersResponse> answer) {
    var list = ListLedgersResponse.newBuilder();
    if (hostsNothing) {
      answer(answer, list.build());
      return;
    }
    for (var charter : charters) {
      list.addLedgers(
          ListedLedger.newBuilder()
              .setName(charter.name().text())
              .setLedgerId(bytes(charter.genesis().ledgerId()))
              .setEngine(charter.genesis().engine())
              .setApplication(charter.genesis().application())
              .setValidators(charter.genesis().validators().size())
              .addAllNotReadyReasons(reasons));
    }
    list.addLedgers(
        ListedLedger.newBuilder()
            .setName("main")
            .setLedgerId(bytes(LEDGER))
            .setEngine("simplex")
            .setApplication("assets")
            .setValidators(4)
            .setIsDefault(true));
    answer(answer, list.build());
  }

  @Override
  public void hostLedger(HostLedgerRequest request, StreamObserver<HostLedgerResponse> answer) {
    try {
      var charter = LedgerCharter.decode(Bytes.owning(request.getCharter().toByteArray()));
      var isNew = !charters.contains(charter);
      if (isNew) {
        charters.add(charter);
      }
      if (hostRefusal.isPresent()) {
        var trailers = new Metadata();
        trailers.put(CODE, hostRefusal.get());
        answer.onError(io.grpc.Status.ALREADY_EXISTS.asRuntimeException(trailers));
        return;
      }
      answer(
          answer,
          HostLedgerResponse.newBuilder()
              .setName(charter.name().text())
              .setLedgerId(bytes(charter.genesis().ledgerId()))
              .setAlreadyHosted(!isNew)
              .build());
    } catch (Malformed malformed) {
      answer.onError(malformed);
    }
  }

  /** Its validator has the nodes v1a, which hosts its ledger, and v1b. */
  void isMovedAtOnce(PublicKey validator) {
    mover = Optional.of(validator);
  }

  void refusesMoves(String code) {
    moveRefusal = Optional.of(code);
  }

  /** Other nodes of its validator do. */
  void hostsNothing() {
    hostsNothing = true;
  }

  /** After a move nobody hosts the ledger. */
  void losesWhatItMoves() {
    loses = true;
  }

  @Override
  public void getPlacement(GetPlacementRequest request, StreamObserver<Placement> answer) {
    var placement = Placement.newBuilder().setNode("v1a");
    for (var name : List.of("v1a", "v1b")) {
      var node = PlacedNode.newBuilder().setName(name);
      if (name.equals(host)) {
        node.addReplicas(
            PlacedReplica.newBuilder()
                .setName("main")
                .setLedgerId(bytes(LEDGER))
                .setWriterEpoch(name.equals("v1a") ? 7 : 8)
                .setInSync(true)
                .setUnhostedMs(321));
      }
      placement.addNodes(node);
    }
    answer(answer, placement.build());
  }

  @Override
  public void moveLedger(MoveLedgerRequest request, StreamObserver<MoveLedgerResponse> answer) {
    var ledger = new LedgerId(Bytes.owning(request.getLedgerId().toByteArray()));
    var order = new MoveOrder(ledger, request.getWriterEpoch(), request.getTo());
    var signature = new Signature(Bytes.owning(request.getSignature().toByteArray()));
    boolean isSigned =
        mover
            .filter(key -> new Ed25519Suite().verifyVote(key, order.digest(), signature))
            .isPresent();
    if (moveRefusal.isPresent() || !isSigned || order.writerEpoch() != 7) {
      var trailers = new Metadata();
      trailers.put(CODE, moveRefusal.orElse("MOVE_NOT_SIGNED"));
      answer.onError(io.grpc.Status.FAILED_PRECONDITION.asRuntimeException(trailers));
      return;
    }
    var there = host.equals(order.to());
    host = loses ? "" : order.to();
    answer(
        answer,
        MoveLedgerResponse.newBuilder()
            .setFrom(there ? order.to() : "v1a")
            .setTo(order.to())
            .setAlreadyThere(there)
            .build());
  }

  @Override
  public void getGenesis(GetGenesisRequest request, StreamObserver<GenesisDocument> answer) {
    var genesis = charters.getLast().genesis();
    answer(
        answer,
        GenesisDocument.newBuilder()
            .setLedgerId(bytes(genesis.ledgerId()))
            .setGenesis(ByteString.copyFrom(genesis.encoded().toByteArray()))
            .build());
  }

  /** Empty if a test has said nothing about the validators. */
  private ByteString keyOf(int index) {
    return index < keys.size()
        ? ByteString.copyFrom(keys.get(index).value().toByteArray())
        : ByteString.EMPTY;
  }

  private static ByteString bytes(LedgerId id) {
    return ByteString.copyFrom(id.value().toByteArray());
  }

  private static <T> void answer(StreamObserver<T> observer, T value) {
    observer.onNext(value);
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
