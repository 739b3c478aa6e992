package dev.sampo.node.gateway;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.Block;
import dev.sampo.client.v1.GenesisDocument;
import dev.sampo.client.v1.GetAccountRequest;
import dev.sampo.client.v1.GetBlockRequest;
import dev.sampo.client.v1.GetGenesisRequest;
import dev.sampo.client.v1.GetStatusRequest;
import dev.sampo.client.v1.GetTransactionRequest;
import dev.sampo.client.v1.Sampo;
import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.SubmitTransactionRequest;
import dev.sampo.client.v1.SubmitTransactionsRequest;
import dev.sampo.client.v1.SubmitTransactionsResponse;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.client.v1.WatchTransactionRequest;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** The API in gRPC: reads requests strictly and leaves the rest to {@link Api}. */
final class SampoService implements Sampo {

  private final Api api;
  private final Watches watches;
  private final SubmissionStage submissions;
  private final Errors errors;

  SampoService(Api api, Watches watches, SubmissionStage submissions, Errors errors) {
    this.api = api;
    this.watches = watches;
    this.submissions = submissions;
    this.errors = errors;
  }

  @Override
  public CompletionStage<TransactionStatus> submitTransaction(SubmitTransactionRequest in) {
    return api.submit(
        bytes(in.getSignedTransaction()),
        Duration.ofMillis(Integer.toUnsignedLong(in.getWaitForCommitMs())));
  }

  @Override
  public Source<SubmitTransactionsResponse, NotUsed> submitTransactions(
      Source<SubmitTransactionsRequest, NotUsed> in) {
    return in.via(submissions);
  }

  @Override
  public CompletionStage<TransactionStatus> getTransaction(GetTransactionRequest in) {
    return api.transaction(transactionId(in.getTransactionId()), in.getProve());
  }

  @Override
  public Source<TransactionStatus, NotUsed> watchTransaction(WatchTransactionRequest in) {
    return watches.of(transactionId(in.getTransactionId()));
  }

  @Override
  public CompletionStage<Account> getAccount(GetAccountRequest in) {
    var query =
        strictly(
            () ->
                new AccountQuery(
                    new AccountId(in.getName()),
                    in.getAssetsList().stream().map(AssetId::new).toList(),
                    in.getProve()));
    return api.account(query, strictly(() -> Height.of(in.getMinHeight())));
  }

  @Override
  public CompletionStage<Block> getBlock(GetBlockRequest in) {
    return api.block(
        switch (in.getBlockCase()) {
          case HEIGHT -> new BlockQuery.ByHeight(strictly(() -> Height.of(in.getHeight())));
          case HASH -> new BlockQuery.ByHash(hash(in.getHash()));
          case BLOCK_NOT_SET -> new BlockQuery.Latest();
        });
  }

  @Override
  public CompletionStage<Status> getStatus(GetStatusRequest in) {
    return api.status();
  }

  @Override
  public CompletionStage<GenesisDocument> getGenesis(GetGenesisRequest in) {
    return api.genesis();
  }

  private TransactionId transactionId(ByteString value) {
    return new TransactionId(hash(value));
  }

  private Hash hash(ByteString value) {
    return strictly(() -> new Hash(bytes(value)));
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
