package dev.sampo.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HeadGuardTest {

  private static String checked(String head) {
    return HeadGuard.checked(ByteString.fromString(head)).utf8String();
  }

  @Test
  void takesTheOfferOfHttp2FromARequestWithABodyAndEndsTheConnectionAfterIt() {
    var head =
        """
        POST /v1/transactions HTTP/1.1
        Connection: Upgrade, HTTP2-Settings
        Content-Length: 4
        Host: a
        HTTP2-Settings: AAEAAEAA
        Upgrade: h2c

        body\
        """
            .replace("\n", "\r\n");
    assertThat(checked(head))
        .isEqualTo(
            "POST /v1/transactions HTTP/1.1\r\nContent-Length: 4\r\nHost: a\r\n"
                + "Connection: close\r\n\r\nbody");
  }

  @Test
  void leavesAloneWhatOffersNothingOrHasNoBody() {
    var offerWithoutBody = "GET / HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n";
    var bodyWithoutOffer = "POST / HTTP/1.1\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx";
    var folded = "POST / HTTP/1.1\r\nContent-Length: 1\r\nUpgrade: h2c\r\n x\r\n\r\nx";
    assertThat(checked(offerWithoutBody)).isEqualTo(offerWithoutBody);
    assertThat(checked(bodyWithoutOffer)).isEqualTo(bodyWithoutOffer);
    assertThat(checked(folded)).isEqualTo(folded);
  }

  @Test
  @Tag("fault-91")
  void waitsForAWholeHeadButNotForOneThatIsTooLong() {
    assertThat(checked("GET / HTTP/1.1\r\nHost: a\r\n")).isEmpty();
    assertThat(checked("x".repeat(HeadGuard.HEAD_BYTES_MAX))).isNotEmpty();
  }

  @Test
  @Tag("fault-91")
  void cutsOffAConnectionThatSendsNoWholeHeadInTime() {
    var kit = ActorTestKit.create();
    try {
      var cut =
          Source.single(ByteString.fromString("GET / HT"))
              .concat(Source.maybe())
              .via(new HeadGuard(Duration.ofMillis(50)))
              .runWith(Sink.ignore(), kit.system());
      assertThat(cut.toCompletableFuture())
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withCauseInstanceOf(TimeoutException.class);
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void passesHttp2AtOnce() {
    assertThat(checked("PRI * HTTP/2.0")).isEqualTo("PRI * HTTP/2.0");
  }
}
