package dev.sampo.benchmarks.api;

import dev.sampo.client.KeyFile;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.cluster.bench.ProcessMeters;
import dev.sampo.cluster.demo.DemoSession;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.verification.SignatureProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks the first validator of a demo the same by gRPC and by HTTP and JSON. */
public final class ApiTable {

  private static final AssetId COIN = new AssetId("coin");

  private final ApiPlan plan;
  private final DemoSession demo;
  private final Consumer<String> progress;
  private final LedgerId ledger;
  private final List<KeyFile> ring;
  private final List<Signer> signers;
  private final AtomicLong sent = new AtomicLong();

  public ApiTable(ApiPlan plan, DemoSession demo, Consumer<String> progress) {
    this.plan = plan;
    this.demo = demo;
    this.progress = progress;
    this.ledger = demo.genesis().ledgerId();
    this.ring = demo.ring();
    this.signers = ring.stream().map(key -> SignatureProvider.signer(key.secretSeed())).toList();
  }

  /** Every row, one after the other. */
  public ApiReport measure() throws IOException, InterruptedException {
    var endpoint = demo.endpoints().getFirst();
    var rows = new ArrayList<ApiReport.Row>();
    try (Api grpc = new GrpcApi(endpoint);
        Api http = new HttpApi(endpoint)) {
      for (var api : List.of(grpc, http)) {
        rows.add(row("read an account", api, () -> api.account(ring.getFirst().account())));
      }
      for (var api : List.of(grpc, http)) {
        rows.add(row("submit, until committed", api, () -> api.submit(transfer())));
      }
    }
    return new ApiReport(plan, rows, Runtime.getRuntime().availableProcessors());
  }

  private ApiReport.Row row(String request, Api api, Supplier<CompletableFuture<Void>> ask)
      throws IOException, InterruptedException {
    progress.accept(request + " by " + api.name() + " ...");
    if (plan.warmUp().isPositive()) {
      var _ = new ClosedLoop(ask, plan.inFlight()).run(plan.warmUp());
    }
    var client = cpu(List.of(ProcessHandle.current().pid()));
    var servers = cpu(demo.processes());
    var result = new ClosedLoop(ask, plan.inFlight()).run(plan.duration());
    return new ApiReport.Row(
        request,
        api.name(),
        result,
        cpu(List.of(ProcessHandle.current().pid())).minus(client),
        cpu(demo.processes()).minus(servers));
  }

  /** One coin from one account of a ring to the next. */
  private SignedTransaction transfer() {
    long number = sent.getAndIncrement();
    int place = (int) (number % ring.size());
    var to = ring.get((int) ((number + 1) % ring.size()));
    return TransactionBuilder.of(ledger, ring.get(place).account(), signers.get(place))
        .transfer(COIN, to.account(), 1);
  }

  private static Duration cpu(List<Long> processes) throws IOException {
    var sum = Duration.ZERO;
    for (long process : processes) {
      sum = sum.plus(ProcessMeters.of(process).cpu());
    }
    return sum;
  }
}
