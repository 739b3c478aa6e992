package dev.sampo.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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
        "POST /v1/transactions HTTP/1.1\r\n"
            + "Connection: Upgrade, HTTP2-Settings\r\n"
            + "Content-Length: 4\r\n"
            + "Host: a\r\n"
            + "HTTP2-Settings: AAEAAEAA\r\n"
            + "Upgrade: h2c\r\n"
            + "\r\nbody";
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
  void passesHttp2AtOnce() {
    assertThat(checked("PRI * HTTP/2.0")).isEqualTo("PRI * HTTP/2.0");
  }
}
