package dev.sampo.node.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sampo.client.ErrorCatalogue;
import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.Attribute;
import dev.sampo.client.v1.Balance;
import dev.sampo.client.v1.Block;
import dev.sampo.client.v1.BlockEntry;
import dev.sampo.client.v1.Event;
import dev.sampo.client.v1.GenesisDocument;
import dev.sampo.client.v1.HostLedgerResponse;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.PacketStatus;
import dev.sampo.client.v1.PlacedReplica;
import dev.sampo.client.v1.Receipt;
import dev.sampo.client.v1.Rejection;
import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.client.v1.Validator;
import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.light.ReceiptProof;
import dev.sampo.core.light.StateProof;
import dev.sampo.core.packet.Acknowledgement;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.WireWriter;

/** Puts what the ledger says into the messages of the API. */
final class Messages {

  private final ErrorCatalogue catalogue;

  Messages(ErrorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  static TransactionStatus status(TransactionId id, Outcome outcome) {
    return TransactionStatus.newBuilder()
        .setTransactionId(bytes(id.hash()))
        .setOutcome(outcome)
        .build();
  }

  /** An executed transaction with an error is rejected, and so is one that expired (7.13). */
  TransactionStatus status(TransactionView view) {
    return switch (view) {
      case TransactionView.Unknown(var id) -> status(id, Outcome.OUTCOME_UNKNOWN);
      case TransactionView.Pending(var id) -> status(id, Outcome.OUTCOME_PENDING);
      case TransactionView.Executed executed -> status(executed);
      case TransactionView.Expired(var id, var height) ->
          status(id, Outcome.OUTCOME_REJECTED).toBuilder()
              .setRejection(rejection("EXPIRED", "not executed up to block " + height.number()))
              .build();
    };
  }

  private TransactionStatus status(TransactionView.Executed executed) {
    var receipt = executed.receipt();
    var outcome = receipt.ok() ? Outcome.OUTCOME_COMMITTED : Outcome.OUTCOME_REJECTED;
    var status =
        status(receipt.id(), outcome).toBuilder()
            .setReceipt(receipt(receipt, executed.blockTime()));
    if (!receipt.ok()) {
      status.setRejection(rejection(receipt.code(), "executed with an error"));
    }
    executed
        .proof()
        .map(ReceiptProof::encoded)
        .map(Messages::bytes)
        .ifPresent(status::setReceiptProof);
    return status.build();
  }

  private Rejection rejection(String code, String message) {
    var error = catalogue.get(code);
    return Rejection.newBuilder()
        .setCode(code)
        .setRetryable(error.retryable())
        .setSafeToResubmit(error.safeToResubmit())
        .setMessage(error.title() + ": " + message)
        .build();
  }

  private static Receipt receipt(dev.sampo.core.transaction.Receipt receipt, LedgerTime blockTime) {
    var message =
        Receipt.newBuilder()
            .setHeight(receipt.height().number())
            .setIndex(receipt.index())
            .setCode(receipt.code())
            .setBlockTimeMs(blockTime.millis())
            .setStateDeltaHash(bytes(receipt.stateDelta()));
    for (var event : receipt.events()) {
      var each = Event.newBuilder().setType(event.type());
      event
          .attributes()
          .forEach(
              it ->
                  each.addAttributes(
                      Attribute.newBuilder().setName(it.name()).setValue(it.value())));
      message.addEvents(each);
    }
    return message.build();
  }

  static Account account(LedgerId ledger, AccountView view) {
    var message =
        Account.newBuilder()
            .setName(view.id().name())
            .setExists(view.record().isPresent())
            .setHeight(view.height().number())
            .setBlockTimeMs(view.blockTime().millis())
            .setLedgerId(bytes(ledger.value()));
    view.record().ifPresent(record -> describe(record, message));
    view.balances()
        .forEach(
            each ->
                message.addBalances(
                    Balance.newBuilder().setAsset(each.asset().name()).setAmount(each.amount())));
    view.proofs().stream()
        .map(StateProof::encoded)
        .map(Messages::bytes)
        .forEach(message::addStateProofs);
    return message.build();
  }

  private static void describe(AccountRecord record, Account.Builder message) {
    message.setPublicKey(bytes(record.key().value()));
    if (!record.isMovable()) {
      return;
    }
    message.setEntry(bytes(record.encoded())).setGeneration(record.generation());
    switch (record) {
      case AccountRecord.Active _ -> message.setStanding("ACTIVE");
      case AccountRecord.Moving moving ->
          message.setStanding("MOVING").setDestination(bytes(moving.to().value()));
      case AccountRecord.Moved moved ->
          message.setStanding("MOVED").setDestination(bytes(moved.to().value()));
    }
  }

  static PacketStatus packet(PacketQuery query, PacketView view) {
    return PacketStatus.newBuilder()
        .setChannel(query.channel().name())
        .setSequence(query.sequence())
        .setPeer(bytes(view.channel().peer().value()))
        .setPeerChannel(view.channel().peerChannel().name())
        .setPending(view.standing() == PacketView.Standing.PENDING)
        .setSettled(view.standing() == PacketView.Standing.SETTLED)
        .setCode(view.answer().map(Acknowledgement::code).orElse(""))
        .setHeight(view.height().number())
        .setBlockTimeMs(view.blockTime().millis())
        .build();
  }

  static Block block(BlockView view) {
    var block = view.ordered().block();
    var header = block.header();
    var message =
        Block.newBuilder()
            .setHeight(header.height().number())
            .setHash(bytes(block.hash()))
            .setParentHash(bytes(header.parent()))
            .setEpoch(header.epoch().number())
            .setView(header.view().number())
            .setProposer(header.proposer().number())
            .setBlockTimeMs(header.time().millis())
            .setType(header.type().name())
            .setStateRoot(bytes(view.stateRoot()))
            .setStateCertified(view.certified())
            .setHeader(bytes(WireWriter.encode(header::writeTo)));
    view.finality()
        .ifPresent(proof -> message.setFinalityProof(bytes(WireWriter.encode(proof::writeTo))));
    for (int i = 0; i < view.results().size(); i++) {
      var transaction = view.ordered().entries().get(i);
      message.addEntries(
          entry(view.results().get(i))
              .setTransactionId(bytes(transaction.id().hash()))
              .setSizeBytes(transaction.encodedLength()));
    }
    return message.build();
  }

  private static BlockEntry.Builder entry(TransactionResult result) {
    var entry = BlockEntry.newBuilder();
    return switch (result) {
      case TransactionResult.Executed(var receipt) ->
          entry.setResult("EXECUTED").setCode(receipt.code());
      case TransactionResult.Void(var code, var _) -> entry.setResult("VOID").setCode(code.name());
      case TransactionResult.Duplicate(var code, var _, var _) ->
          entry.setResult("DUPLICATE").setCode(code.name());
    };
  }

  static GenesisDocument genesis(Genesis genesis) {
    return GenesisDocument.newBuilder()
        .setLedgerId(bytes(genesis.ledgerId().value()))
        .setGenesis(bytes(genesis.encoded()))
        .build();
  }

  static ListedLedger listed(LedgerSummary summary, Readiness readiness) {
    return ListedLedger.newBuilder()
        .setName(summary.name().text())
        .setLedgerId(bytes(summary.id().value()))
        .setEngine(summary.engine())
        .setApplication(summary.application())
        .setValidators(summary.validators())
        .setIsDefault(summary.isDefault())
        .addAllNotReadyReasons(readiness.reasons())
        .build();
  }

  /** {@code name}: empty if it is not known. */
  static PlacedReplica placed(NodePlacement.Replica replica, String name, boolean inSync) {
    return PlacedReplica.newBuilder()
        .setName(name)
        .setLedgerId(bytes(replica.ledger().value()))
        .setWriterEpoch(replica.writerEpoch())
        .setInSync(inSync)
        .setUnhostedMs(replica.unhosted().toMillis())
        .build();
  }

  static HostLedgerResponse hosted(LedgerSummary summary, boolean isOld) {
    return HostLedgerResponse.newBuilder()
        .setName(summary.name().text())
        .setLedgerId(bytes(summary.id().value()))
        .setAlreadyHosted(isOld)
        .build();
  }

  static Status status(StatusView view) {
    var progress = view.progress();
    var load = view.load();
    var message =
        Status.newBuilder()
            .setLedgerId(bytes(view.ledger().value()))
            .setNode(view.node())
            .setReader(view.isReader())
            .setEpoch(progress.epoch().number())
            .setView(progress.view().number())
            .setLeader(progress.leader().number())
            .setFinalHeight(progress.finalHeight().number())
            .setExecutedHeight(progress.executedHeight().number())
            .setCertifiedHeight(progress.certifiedHeight().number())
            .setStateRoot(bytes(progress.stateRoot()))
            .setBlockTimeMs(progress.blockTime().millis())
            .setQuorum(view.quorum())
            .setQuorumMargin(view.quorumMargin())
            .setClusterMembersUp(view.clusterMembersUp())
            .setUptimeMs(load.uptimeMillis())
            .setPendingTransactions(load.pendingTransactions())
            .setCommittedTransactions(load.committedTransactions())
            .setSyncsPerBlock(load.syncsPerBlock())
            .setBlocksPerSecond(load.blocksPerSecond())
            .setTransactionsPerSecond(load.transactionsPerSecond());
    for (var validator : view.validators()) {
      message.addValidators(validator(view, validator));
      if (validator.index().equals(progress.leader())) {
        message.setLeaderName(validator.name());
      }
    }
    return message.build();
  }

  private static Validator validator(StatusView view, StatusView.ValidatorStatus validator) {
    var message =
        Validator.newBuilder()
            .setIndex(validator.index().number())
            .setName(validator.name())
            .setDataCentre(validator.dataCentre())
            .setReachable(validator.reachable())
            .setReported(validator.report().isPresent())
            .setPublicKey(bytes(validator.key().value()));
    validator
        .report()
        .ifPresent(
            report ->
                message
                    .setPid(report.pid())
                    .setHeight(report.height().number())
                    .setView(report.view().number())
                    .setStateRoot(bytes(report.stateRoot())));
    view.lag(validator).ifPresent(message::setLag);
    return message.build();
  }

  static ByteString bytes(Hash hash) {
    return bytes(hash.value());
  }

  static ByteString bytes(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
  }
}
