package dev.sampo.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders to move a replica from node to node, and where replicas are (fault 34). */
@Timeout(60)
@Tag("fault-34")
final class MoveLedgerTest {

  private static final Signer VALIDATOR = SmallLedger.validators().getFirst();
  private static final Signer OTHER = SmallLedger.validators().getLast();

  private final TwoNodes nodes = new TwoNodes();
  private TestGateway gateway;
  private LedgerId ledger;

  @BeforeEach
  void start() {
    gateway = new TestGateway(TestGateway.IMPATIENT);
    ledger = gateway.ledger.document().ledgerId();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** The nodes v1 and v1b of a validator, the first of which hosts its replica. */
  private final class TwoNodes implements SharedPlacement {

    private final List<MoveOrder> orders = new CopyOnWriteArrayList<>();
    private volatile MoveOutcome outcome = new MoveOutcome.UnderWay("v1");

    @Override
    public PublicKey validator() {
      return VALIDATOR.publicKey();
    }

    @Override
    public CompletionStage<List<NodePlacement>> look() {
      var replica = new NodePlacement.Replica(ledger, 7, Duration.ofMillis(1234));
      return CompletableFuture.completedFuture(
          List.of(new NodePlacement("v1", List.of(replica)), new NodePlacement("v1b", List.of())));
    }

    @Override
    public CompletionStage<MoveOutcome> move(MoveOrder order) {
      orders.add(order);
      return CompletableFuture.completedFuture(outcome);
    }
  }

  private MoveOrder order() {
    return new MoveOrder(ledger, 7, "v1b");
  }

  private static String json(MoveOrder order, Signature signature) {
    return "{\"ledger_id\":\"%s\",\"writer_epoch\":%d,\"to\":\"%s\",\"signature\":\"%s\"}"
        .formatted(order.ledger().hex(), order.writerEpoch(), order.to(), signature.value().hex());
  }

  private HttpResponse<String> post(String body) {
    return gateway.post("/v1/placement", "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static String codeOf(SampoClient client, MoveOrder order, Signature signature) {
    try {
      return client.move(order, signature).getFrom();
    } catch (SampoException refused) {
      return refused.error().code();
    }
  }

  private void assertRefusedEverywhere(
      MoveOrder order, Signature signature, String code, int status) {
    var answer = post(json(order, signature));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    try (var client = gateway.client()) {
      assertThat(codeOf(client, order, signature)).isEqualTo(code);
    }
  }

  @Test
  void anOrderOfTheValidatorIsHandedOn() {
    gateway.ledgers.shareBy(nodes);
    var signature = VALIDATOR.sign(order().digest());

    var answer = post(json(order(), signature));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location")).contains("/v1/placement");
    assertThat(answer.body()).isEqualTo("{\"from\":\"v1\",\"to\":\"v1b\",\"already_there\":false}");
    nodes.outcome = new MoveOutcome.AlreadyThere();
    assertThat(post(json(order(), signature)).statusCode()).isEqualTo(200);
    try (var client = gateway.client()) {
      assertThat(client.move(order(), signature).getAlreadyThere()).isTrue();
    }

    assertThat(nodes.orders).hasSize(3).containsOnly(order());
  }

  @Test
  void nobodyElsesOrderAndNoOtherOrderIsFollowed() {
    gateway.ledgers.shareBy(nodes);
    var ofAnother = OTHER.sign(order().digest());
    var ofAnotherOrder = VALIDATOR.sign(new MoveOrder(ledger, 6, "v1b").digest());

    assertRefusedEverywhere(order(), ofAnother, "MOVE_NOT_SIGNED", 403);
    assertRefusedEverywhere(order(), ofAnotherOrder, "MOVE_NOT_SIGNED", 403);
    assertThat(nodes.orders).isEmpty();
  }

  @Test
  void aNodeWithoutOthersMovesNothing() {
    assertRefusedEverywhere(order(), VALIDATOR.sign(order().digest()), "NODES_NOT_SHARED", 409);
  }

  @Test
  void whatTheNodesRefuseIsToldByItsCode() {
    gateway.ledgers.shareBy(nodes);
    var signature = VALIDATOR.sign(order().digest());
    var statuses =
        List.of(
            List.of("NODE_UNKNOWN", 404),
            List.of("NODE_ABSENT", 503),
            List.of("MOVE_UNDER_WAY", 409),
            List.of("MOVE_OUTDATED", 409),
            List.of("LEDGER_NOT_FOUND", 404));

    for (var each : statuses) {
      var code = (String) each.getFirst();
      nodes.outcome = new MoveOutcome.Refused(code, "because the test says so");
      assertRefusedEverywhere(order(), signature, code, (int) each.getLast());
    }
  }

  @Test
  @Tag("fault-93")
  void otherBodiesAreMalformed() {
    gateway.ledgers.shareBy(nodes);
    var whole = json(order(), VALIDATOR.sign(order().digest()));
    for (var body :
        List.of(
            "",
            "[]",
            "{}",
            whole + "x",
            whole.replace("}", ",\"more\":1}"),
            whole.replace("}", ",\"to\":\"v1a\"}"),
            whole.replace("\"v1b\"", "\"\""),
            whole.replace("\"v1b\"", "7"),
            whole.replace(":7,", ":-7,"),
            whole.replace(":7,", ":7.5,"),
            whole.replace(ledger.hex(), "ab"))) {
      var answer = post(body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.body()).contains("MALFORMED_REQUEST");
    }
    assertThat(gateway.post("/v1/placement", "text/plain", new byte[1]).statusCode())
        .isEqualTo(415);
    assertThat(post("x".repeat(MoveBody.BYTES_MAX + 1)).statusCode()).isEqualTo(413);
    assertThat(nodes.orders).isEmpty();
  }

  @Test
  void thePlacementTellsWhoHostsWhat() {
    assertThat(gateway.get("/v1/placement").body())
        .contains("{\"name\":\"v1\",\"replicas\":[{\"name\":\"main\"", "\"writer_epoch\":0,");

    gateway.ledgers.shareBy(nodes);

    try (var client = gateway.client()) {
      var placement = client.placement();
      assertThat(placement.getNode()).isEqualTo("v1");
      assertThat(placement.getNodesList()).hasSize(2);
      var replica = placement.getNodes(0).getReplicas(0);
      assertThat(replica.getName()).isEqualTo("main");
      assertThat(replica.getWriterEpoch()).isEqualTo(7);
      assertThat(replica.getUnhostedMs()).isEqualTo(1234);
      assertThat(replica.getInSync()).isTrue();
      assertThat(placement.getNodes(1).getReplicasList()).isEmpty();
    }
  }
}
