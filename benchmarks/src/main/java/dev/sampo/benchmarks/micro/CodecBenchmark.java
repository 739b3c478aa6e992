package dev.sampo.benchmarks.micro;

import dev.sampo.core.message.Decoded;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The canonical encoding of what travels most (protocol 2.2). */
@State(Scope.Benchmark)
public class CodecBenchmark {

  private final SampleLedger ledger = SampleLedger.create();
  private final SignedTransaction transfer = ledger.transfer(1);
  private final Bytes encodedTransfer = transfer.encoded();
  private final Certificate certificate = ledger.proposal().justification().getFirst();
  private final Bytes encodedCertificate = WireWriter.encode(certificate::writeTo);
  private final Envelope proposal =
      new Envelope(ledger.genesis().ledgerId(), View.of(1), ledger.proposal());
  private final Bytes encodedProposal = PeerMessageCodec.encode(proposal);

  @Benchmark
  public Bytes encodeTransfer() {
    return transfer.encoded();
  }

  @Benchmark
  public SignedTransaction decodeTransfer() throws Malformed {
    return SignedTransaction.decode(encodedTransfer);
  }

  @Benchmark
  public Bytes encodeCertificate() {
    return WireWriter.encode(certificate.encodedLength(), certificate::writeTo);
  }

  @Benchmark
  public Certificate decodeCertificate() throws Malformed {
    return WireReader.decode(encodedCertificate, Certificate::readFrom);
  }

  @Benchmark
  public Bytes encodeProposal() {
    return PeerMessageCodec.encode(proposal);
  }

  @Benchmark
  public Envelope decodeProposal() {
    return switch (PeerMessageCodec.decode(encodedProposal)) {
      case Decoded.Ok(var envelope) -> envelope;
      case Decoded.Refused(var reason) -> throw new IllegalStateException(reason);
    };
  }
}
