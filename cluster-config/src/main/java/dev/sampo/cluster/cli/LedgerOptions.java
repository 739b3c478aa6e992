package dev.sampo.cluster.cli;

import dev.sampo.cluster.demo.LedgerChoice;
import dev.sampo.core.genesis.Verification;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which ledger a command makes, or resumes. */
final class LedgerOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep everything there, and resume from it. Default: a temporary folder.")
  private @Nullable Path data;

  @Option(
      names = "--verification",
      paramLabel = "WHO",
      converter = VerificationText.class,
      description = {
        "Who checks the signatures of clients on a new ledger: every-validator, which is the",
        "default, or attested: a few for all, which more liars than it tolerates can abuse."
      })
  private @Nullable Verification verification;

  LedgerChoice choice() {
    return new LedgerChoice(Optional.ofNullable(data), Optional.ofNullable(verification));
  }

  /** They are about a ledger of its own, which a command that uses a running one does not make. */
  void requireNone() {
    Usage.require(data == null, "--running or --data, not both");
    Usage.require(verification == null, "--running or --verification, not both");
  }

  /** Reads {@code every-validator} or {@code attested}. */
  static final class VerificationText implements ITypeConverter<Verification> {
    @Override
    public Verification convert(String text) {
      return Verification.named(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + text
                          + "' is none of "
                          + Arrays.stream(Verification.values())
                              .map(Verification::label)
                              .collect(Collectors.joining(", "))));
    }
  }
}
