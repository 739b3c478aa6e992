package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A validator's TLS identity is its Ed25519 key and nothing else. */
@Tag("fault-85")
class PeerTlsTest {

  private final TestValidators validators = new TestValidators(2);

  @Test
  void seedOfAnotherKeyIsRefused() {
    assertThatThrownBy(() -> PeerTls.of(validators.seed(0), validators.publicKey(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(validators.seed(0).hex());
  }

  @Test
  void seedOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> PeerTls.of(Bytes.fromHex("01"), validators.publicKey(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyTls13AndItsCipherSuitesAreOffered() {
    var engine = PeerTls.accepting(validators.tls(0).trusting(key -> true));

    assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3");
    assertThat(engine.getEnabledCipherSuites())
        .containsExactlyInAnyOrder(
            "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    assertThat(engine.getNeedClientAuth()).isTrue();
  }

  @Test
  void identityNeedsTheKeyOfItsIndex() {
    assertThatCode(() -> validators.identity(0)).doesNotThrowAnyException();
    var identity = validators.identity(0);

    assertThatThrownBy(
            () ->
                new PeerIdentity(
                    identity.ledger(), identity.validators(), identity.own(), validators.tls(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
