package dev.sampo.node.gateway;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.Block;
import dev.sampo.client.v1.GenesisDocument;
import dev.sampo.client.v1.GetAccountRequest;
import dev.sampo.client.v1.GetBlockRequest;
import dev.sampo.client.v1.GetGenesisRequest;
import dev.sampo.client.v1.GetPacketRequest;
import dev.sampo.client.v1.GetPlacementRequest;
import dev.sampo.client.v1.GetStatusRequest;
import dev.sampo.client.v1.GetTransactionRequest;
import dev.sampo.client.v1.HostLedgerRequest;
import dev.sampo.client.v1.HostLedgerResponse;
import dev.sampo.client.v1.ListLedgersRequest;
import dev.sampo.client.v1.ListLedgersResponse;
import dev.sampo.client.v1.MoveLedgerRequest;
import dev.sampo.client.v1.MoveLedgerResponse;
import dev.sampo.client.v1.PacketStatus;
import dev.sampo.client.v1.Placement;
import dev.sampo.client.v1.SampoPowerApi;
import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.SubmitTransactionRequest;
import dev.sampo.client.v1.SubmitTransactionsRequest;
import dev.sampo.client.v1.SubmitTransactionsResponse;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.client.v1.WatchTransactionRequest;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.Signature;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.grpc.javadsl.Metadata;
import org.apache.pekko.grpc.javadsl.MetadataEntry;
import org.apache.pekko.grpc.javadsl.StringEntry;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The API in gRPC: reads requests strictly and leaves the rest to {@link Api} and {@link NodeApi}.
 */
final class SampoService implements SampoPowerApi {

  private final NodeApi node;
  private final PlacementApi placement;
  private final Ledgers ledgers;
  private final Watches watches;
  private final Slots streams;
  private final Errors errors;

  /** What is offered of the node itself. */
  record OfNode(NodeApi ledgers, PlacementApi placement) {}

  SampoService(OfNode node, Ledgers ledgers, Watches watches, Slots streams, Errors errors) {
    this.node = node.ledgers();
    this.placement = node.placement();
    this.ledgers = ledgers;
    this.watches = watches;
    this.streams = streams;
    this.errors = errors;
  }

  /** The ledger that a call is about. */
  private Api of(Metadata metadata) {
    return ledgers.named(
        metadata.asMap().getOrDefault(Ledgers.HEADER, List.of()).stream()
            .map(SampoService::text)
            .toList());
  }

  private static String text(MetadataEntry entry) {
    return entry instanceof StringEntry text ? text.getValue() : "";
  }

  @Override
  public CompletionStage<TransactionStatus> submitTransaction(
      SubmitTransactionRequest in, Metadata metadata) {
    return of(metadata)
        .submit(
            bytes(in.getSignedTransaction()),
            Duration.ofMillis(Integer.toUnsignedLong(in.getWaitForCommitMs())));
  }

  @Override
  public Source<SubmitTransactionsResponse, NotUsed> submitTransactions(
      Source<SubmitTransactionsRequest, NotUsed> in, Metadata metadata) {
    try {
      return in.via(new SubmissionStage(of(metadata), errors, streams));
    } catch (Refused refused) {
      // Nothing that it brings is handed on, and its client hears why.
      return in.map(
          _ -> {
            throw refused;
          });
    }
  }

  @Override
  public CompletionStage<TransactionStatus> getTransaction(
      GetTransactionRequest in, Metadata metadata) {
    return of(metadata).transaction(transactionId(in.getTransactionId()), in.getProve());
  }

  @Override
  public Source<TransactionStatus, NotUsed> watchTransaction(
      WatchTransactionRequest in, Metadata metadata) {
    return watches.of(of(metadata), transactionId(in.getTransactionId()));
  }

  @Override
  public CompletionStage<Account> getAccount(GetAccountRequest in, Metadata metadata) {
    var query =
        strictly(
            () ->
                new AccountQuery(
                    new AccountId(in.getName()),
                    in.getAssetsList().stream().map(AssetId::new).toList(),
                    in.getProve()));
    return of(metadata).account(query, strictly(() -> Height.of(in.getMinHeight())));
  }

  @Override
  public CompletionStage<Block> getBlock(GetBlockRequest in, Metadata metadata) {
    return of(metadata)
        .block(
            switch (in.getBlockCase()) {
              case HEIGHT -> new BlockQuery.ByHeight(strictly(() -> Height.of(in.getHeight())));
              case HASH -> new BlockQuery.ByHash(hash(in.getHash()));
              case BLOCK_NOT_SET -> new BlockQuery.Latest();
            });
  }

  @Override
  public CompletionStage<PacketStatus> getPacket(GetPacketRequest in, Metadata metadata) {
    return of(metadata)
        .packet(strictly(() -> new PacketQuery(new ChannelId(in.getChannel()), in.getSequence())));
  }

  @Override
  public CompletionStage<Status> getStatus(GetStatusRequest in, Metadata metadata) {
    return of(metadata).status();
  }

  @Override
  public CompletionStage<GenesisDocument> getGenesis(GetGenesisRequest in, Metadata metadata) {
    return of(metadata).genesis();
  }

  @Override
  public CompletionStage<ListLedgersResponse> listLedgers(
      ListLedgersRequest in, Metadata metadata) {
    return node.list();
  }

  @Override
  public CompletionStage<HostLedgerResponse> hostLedger(HostLedgerRequest in, Metadata metadata) {
    return node.host(bytes(in.getCharter()));
  }

  @Override
  public CompletionStage<Placement> getPlacement(GetPlacementRequest in, Metadata metadata) {
    return placement.look();
  }

  @Override
  public CompletionStage<MoveLedgerResponse> moveLedger(MoveLedgerRequest in, Metadata metadata) {
    var order =
        strictly(
            () ->
                new MoveOrder(
                    new LedgerId(bytes(in.getLedgerId())), in.getWriterEpoch(), in.getTo()));
    return placement.move(order, strictly(() -> new Signature(bytes(in.getSignature()))));
  }

  private TransactionId transactionId(ByteString value) {
    return new TransactionId(hash(value));
  }

  private Hash hash(ByteString value) {
    return strictly(() -> Hash.of(bytes(value)));
  }

  private <T> T strictly(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException malformed) {
      throw errors.malformed(String.valueOf(malformed.getMessage()));
    }
  }

  static Bytes bytes(ByteString value) {
    return Bytes.owning(value.toByteArray());
  }
}
