package dev.sampo.cluster.cli;

import dev.sampo.cluster.demo.DemoChoice;
import dev.sampo.core.genesis.Verification;
import dev.sampo.node.ledger.OpenLedgers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a demo runs, or a command that starts one for its purpose. */
final class DemoOptions {

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

  @Option(
      names = "--ledgers",
      paramLabel = "N",
      description = "Ledgers on the same validators, 1 to 64. Default: 1.")
  private @Nullable Integer ledgers;

  @Option(
      names = "--data-centres",
      paramLabel = "N",
      description = "Data centres that the validators are spread over, 1 to 4. Default: 2.")
  private @Nullable Integer dataCentres;

  @Option(
      names = "--validators",
      paramLabel = "N",
      description = "Validators, 4 to 10, each a JVM. Default: 4.")
  private @Nullable Integer validators;

  @Option(
      names = "--gateways",
      paramLabel = "N",
      description = {
        "Nodes without validators, 0 to 4, in the data centres in turn; load goes to them.",
        "Default: 0."
      })
  private @Nullable Integer gateways;

  @Option(
      names = "--readers",
      paramLabel = "N",
      description = {
        "Nodes that follow the ledgers without a vote and serve reads, 0 to 4, in the data",
        "centres in turn. Default: 0."
      })
  private @Nullable Integer readers;

  @Option(
      names = "--organisations",
      paramLabel = "N",
      description = {
        "Organisations that run them, 1 to 4, each with a Pekko Cluster of its own: they meet on",
        "the peer links alone. Default: 1."
      })
  private @Nullable Integer organisations;

  @Option(
      names = "--spread",
      description = {
        "alice, bob, carol and mona have one account each, on one of the ledgers, as one",
        "application that is spread over them. Default: one of that name on each ledger."
      })
  private boolean spread;

  DemoChoice choice() {
    return choice(Optional.empty());
  }

  /** As above; {@code cut} is a data centre that is going to be cut off. */
  DemoChoice choice(Optional<String> cut) {
    Usage.require(
        ledgers == null || (ledgers > 0 && ledgers <= OpenLedgers.LEDGERS_MAX),
        "--ledgers is 1 to " + OpenLedgers.LEDGERS_MAX);
    Usage.require(
        !spread || (ledgers != null && ledgers > 1), "--spread needs --ledgers 2 or more");
    requireSites("--data-centres", dataCentres);
    requireSites("--organisations", organisations);
    Usage.require(
        validators == null
            || (validators >= DemoChoice.Sites.MAX
                && validators <= DemoChoice.Sites.VALIDATORS_MAX),
        "--validators is " + DemoChoice.Sites.MAX + " to " + DemoChoice.Sites.VALIDATORS_MAX);
    requireOfOneOrganisation("--gateways", gateways);
    requireOfOneOrganisation("--readers", readers);
    return new DemoChoice(
        Optional.ofNullable(data),
        Optional.ofNullable(verification),
        ledgers == null ? 1 : ledgers,
        sites(),
        cut.map(this::existing),
        spread);
  }

  private String existing(String dataCentre) {
    var last = (char) ('a' + sites().dataCentres() - 1);
    Usage.require(dataCentre.matches("[a-" + last + "]"), "the data centres are a to " + last);
    Usage.require(sites().dataCentres() > 1, "--cut needs at least --data-centres 2");
    return dataCentre;
  }

  private DemoChoice.Sites sites() {
    var usual = DemoChoice.Sites.DEFAULT;
    return new DemoChoice.Sites(
        dataCentres == null ? usual.dataCentres() : dataCentres,
        organisations == null ? usual.organisations() : organisations,
        validators == null ? usual.validators() : validators,
        gateways == null ? usual.gateways() : gateways,
        readers == null ? usual.readers() : readers);
  }

  private void requireOfOneOrganisation(String option, @Nullable Integer count) {
    requireSites(option, count == null || count == 0 ? null : count);
    Usage.require(
        organisations == null || organisations == 1 || count == null || count == 0,
        option + " are of one organisation");
  }

  private static void requireSites(String option, @Nullable Integer count) {
    Usage.require(
        count == null || (count > 0 && count <= DemoChoice.Sites.MAX),
        option + " is 1 to " + DemoChoice.Sites.MAX);
  }

  /** They are about a demo of its own, which a command that uses a running one does not start. */
  void requireNone() {
    Usage.require(data == null, "--running or --data, not both");
    Usage.require(verification == null, "--running or --verification, not both");
    Usage.require(ledgers == null, "--running or --ledgers, not both");
    Usage.require(dataCentres == null, "--running or --data-centres, not both");
    Usage.require(organisations == null, "--running or --organisations, not both");
    Usage.require(validators == null, "--running or --validators, not both");
    Usage.require(gateways == null, "--running or --gateways, not both");
    Usage.require(readers == null, "--running or --readers, not both");
    Usage.require(!spread, "--running or --spread, not both");
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
