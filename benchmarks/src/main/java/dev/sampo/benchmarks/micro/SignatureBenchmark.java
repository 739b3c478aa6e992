package dev.sampo.benchmarks.micro;

import dev.sampo.core.crypto.CofactorlessEd25519;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.crypto.ProviderSigner;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Signature;
import dev.sampo.node.verification.NativeProvider;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Signatures as validators make and check them (X4), by the providers that work here. */
public class SignatureBenchmark {

  /** What computes them. */
  public enum Provider {
    /** Pure Java, everywhere. */
    BOUNCY_CASTLE,
    /** A native library, where there is one for the machine. */
    NATIVE;

    /** Whether this machine has it. */
    boolean isPresent() {
      return switch (this) {
        case BOUNCY_CASTLE -> true;
        case NATIVE -> NativeProvider.found().isPresent();
      };
    }

    private Ed25519Suite suite() {
      return switch (this) {
        case BOUNCY_CASTLE -> new Ed25519Suite();
        case NATIVE ->
            new Ed25519Suite(
                Ed25519Suite.CLIENT_KEYS_DEFAULT,
                NativeProvider.found().flatMap(CofactorlessEd25519::of));
      };
    }

    private Optional<Signer> signer(Bytes seed) {
      return switch (this) {
        case BOUNCY_CASTLE -> Optional.of(Ed25519Signer.fromSeed(seed));
        case NATIVE ->
            NativeProvider.found()
                .flatMap(provider -> ProviderSigner.of(provider, seed))
                .map(signer -> signer);
      };
    }
  }

  /** One key pair and one signature of it. */
  @State(Scope.Benchmark)
  public static class Signing {

    @Param public Provider provider = Provider.BOUNCY_CASTLE;

    private final Bytes seed = SampleLedger.seed("signer");
    private final Hash digest = Sha256.hash(seed);
    private final Signature signature = Ed25519Signer.fromSeed(seed).sign(digest);
    private Ed25519Suite suite = provider.suite();
    private Signer signer = Ed25519Signer.fromSeed(seed);

    /** Takes what the parameter names. */
    @Setup
    public void choose() {
      suite = provider.suite();
      signer =
          provider
              .signer(seed)
              .orElseThrow(() -> new IllegalStateException("no signatures by " + provider));
      if (!suite.verifyVote(signer.publicKey(), digest, signature)) {
        throw new IllegalStateException("a valid signature is refused by " + provider);
      }
    }
  }

  @Benchmark
  public Signature sign(Signing signing) {
    return signing.signer.sign(signing.digest);
  }

  @Benchmark
  public boolean verifyTransaction(Signing signing) {
    return signing.suite.verifyTransaction(
        signing.signer.publicKey(), signing.digest, signing.signature);
  }

  @Benchmark
  public boolean verifyVote(Signing signing) {
    return signing.suite.verifyVote(signing.signer.publicKey(), signing.digest, signing.signature);
  }
}
