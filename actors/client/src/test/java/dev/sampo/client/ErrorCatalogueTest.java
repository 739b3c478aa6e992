package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AssetError;
import dev.sampo.core.packet.PacketError;
import dev.sampo.core.transaction.RejectionCode;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCatalogueTest {

  private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.load();
  private static final Path DOCUMENT = Path.of("../../docs/errors.md");

  @Test
  void hasExactlyTheCodesOfTheLedgerAndOfTheAssets() {
    assertThat(codes(ErrorCatalogue.RaisedBy.LEDGER))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RejectionCode.values()).map(Enum::name).toList());
    assertThat(codes(ErrorCatalogue.RaisedBy.APPLICATION))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(AssetError.values(), PacketError.values())
                .flatMap(Arrays::stream)
                .map(Enum::name)
                .toList());
  }

  private static List<String> codes(ErrorCatalogue.RaisedBy raisedBy) {
    return CATALOGUE.entries().stream()
        .filter(entry -> entry.raisedBy() == raisedBy)
        .map(ErrorCatalogue.Entry::code)
        .toList();
  }

  @Test
  void saysOfEachWhatItMeansAndWhatToDo() {
    for (var entry : CATALOGUE.entries()) {
      assertThat(entry.title()).as(entry.code()).isNotBlank().doesNotEndWith(".");
      assertThat(entry.whatToDo()).as(entry.code()).endsWith(".");
      assertThat(entry.httpStatus()).as(entry.code()).isBetween(400, 504);
      assertThat(entry.grpcStatus()).as(entry.code()).isNotEqualTo(Status.Code.OK);
    }
  }

  @Test
  void whatMaySucceedLaterIsNeverSaidToBeWithoutEffectForEver() {
    var reads =
        CATALOGUE.entries().stream().filter(ErrorCatalogue.Entry::isAboutTransaction).toList();
    assertThat(reads).noneMatch(entry -> entry.retryable() && entry.safeToResubmit());
  }

  @Test
  void anUnknownCodeIsAnApplicationsOwnFinalError() {
    var entry = CATALOGUE.get("OF_SOME_APPLICATION");
    assertThat(entry.raisedBy()).isEqualTo(ErrorCatalogue.RaisedBy.APPLICATION);
    assertThat(entry.retryable()).isFalse();
    assertThat(CATALOGUE.find("OF_SOME_APPLICATION")).isEmpty();
  }

  @Test
  void theDocumentIsUpToDate() throws IOException {
    if (Boolean.getBoolean("sampo.update-documents")) {
      Files.writeString(DOCUMENT, document());
    }
    assertThat(Files.readString(DOCUMENT))
        .as(
            "run: mvn -pl actors/client -am test -Dtest=ErrorCatalogueTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsampo.update-documents=true")
        .isEqualTo(document());
  }

  private static String document() {
    var text =
        new StringBuilder(
            """
            # Errors

            Generated from `actors/client/src/main/resources/dev/sampo/errors.csv`; do not edit.

            In gRPC an error is a status with the trailers `sampo-code`, `sampo-retryable` and
            `sampo-safe-to-resubmit`; in HTTP it is `application/problem+json` (RFC 9457) with the
            members `code`, `retryable` and `safe_to_resubmit`. What an executed transaction failed
            with stands in its receipt, and the answer is no error.

            * **retryable**: the same signed bytes, or the same request, may succeed later. Sending
              the same bytes again can never do it twice.
            * **safe to resubmit**: the transaction had no effect and never will, so that a *new*
              one for the same purpose cannot do it twice.

            A call that fails without a code, or with `NO_ANSWER`, `UNREACHABLE` or `INTERNAL`, says
            nothing about the outcome of a transaction: look it up by its id.

            """);
    for (var raisedBy : EnumSet.allOf(ErrorCatalogue.RaisedBy.class)) {
      text.append("## ").append(title(raisedBy)).append("\n\n");
      text.append("| Code | gRPC | HTTP | Retryable | Safe to resubmit | Meaning | What to do |\n");
      text.append("|--|--|--|--|--|--|--|\n");
      text.append(
          CATALOGUE.entries().stream()
              .filter(entry -> entry.raisedBy() == raisedBy)
              .map(ErrorCatalogueTest::row)
              .collect(Collectors.joining()));
      text.append('\n');
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static String title(ErrorCatalogue.RaisedBy raisedBy) {
    return switch (raisedBy) {
      case LEDGER -> "Raised by the ledger or a mempool";
      case APPLICATION -> "Raised by the assets application";
      case GATEWAY -> "Raised by the gateway about a request";
      case CLIENT -> "Raised by the Java client";
    };
  }

  private static String row(ErrorCatalogue.Entry entry) {
    return "| `%s` | %s | %d | %s | %s | %s | %s |%n"
        .formatted(
            entry.code(),
            entry.grpcStatus(),
            entry.httpStatus(),
            entry.retryable() ? "yes" : "no",
            entry.safeToResubmit() ? "yes" : "no",
            entry.title(),
            entry.whatToDo())
        .replace(System.lineSeparator(), "\n");
  }
}
