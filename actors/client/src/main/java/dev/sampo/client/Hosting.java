package dev.sampo.client;

import dev.sampo.client.v1.GetPlacementRequest;
import dev.sampo.client.v1.HostLedgerRequest;
import dev.sampo.client.v1.HostLedgerResponse;
import dev.sampo.client.v1.ListLedgersRequest;
import dev.sampo.client.v1.ListLedgersResponse;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.client.v1.MoveLedgerRequest;
import dev.sampo.client.v1.MoveLedgerResponse;
import dev.sampo.client.v1.Placement;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.Signature;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is asked of a node about the ledgers that it hosts. Thread-safe. */
final class Hosting {

  private final ClientSettings settings;
  private final Calls calls;

  Hosting(ClientSettings settings, Calls calls) {
    this.settings = settings;
    this.calls = calls;
  }

  CompletableFuture<List<ListedLedger>> list() {
    return calls
        .unary(
            SampoGrpc.getListLedgersMethod(),
            ListLedgersRequest.getDefaultInstance(),
            settings.callTimeout())
        .thenApply(ListLedgersResponse::getLedgersList);
  }

  CompletableFuture<HostLedgerResponse> host(LedgerCharter charter) {
    var request =
        HostLedgerRequest.newBuilder()
            .setCharter(SampoClient.byteString(charter.encoded()))
            .build();
    return calls
        .unary(SampoGrpc.getHostLedgerMethod(), request, settings.callTimeout())
        .thenApply(answer -> checked(charter, answer));
  }

  CompletableFuture<Placement> placement() {
    return calls.unary(
        SampoGrpc.getGetPlacementMethod(),
        GetPlacementRequest.getDefaultInstance(),
        settings.callTimeout());
  }

  CompletableFuture<MoveLedgerResponse> move(MoveOrder order, Signature signature) {
    var request =
        MoveLedgerRequest.newBuilder()
            .setLedgerId(SampoClient.byteString(order.ledger().value()))
            .setWriterEpoch(order.writerEpoch())
            .setTo(order.to())
            .setSignature(SampoClient.byteString(signature.value()))
            .build();
    return calls.unary(SampoGrpc.getMoveLedgerMethod(), request, settings.callTimeout());
  }

  private HostLedgerResponse checked(LedgerCharter charter, HostLedgerResponse answer) {
    var asked = charter.genesis().ledgerId();
    if (!Answers.bytes(answer.getLedgerId()).equals(asked.value())) {
      throw new SampoException(
          calls.catalogue().get("LEDGER_MISMATCH"),
          "asked to host " + asked.hex() + ", the node answered for another one",
          true,
          null);
    }
    return answer;
  }
}
