package dev.sampo.node.gateway;

import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmissionAnswer;
import dev.sampo.client.v1.SubmitTransactionsRequest;
import dev.sampo.client.v1.SubmitTransactionsResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A stream of submissions on a connection of its own that keeps no rule. */
final class RawStream extends ClientCall.Listener<SubmitTransactionsResponse>
    implements AutoCloseable {

  private static final int SMALL_WINDOW_BYTES = 65_535;

  private final ManagedChannel channel;
  private final ClientCall<byte[], SubmitTransactionsResponse> call;
  private final List<SubmissionAnswer> answers = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable String> end = new AtomicReference<>();

  private RawStream(int port) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .flowControlWindow(SMALL_WINDOW_BYTES)
            .build();
    var method =
        SampoGrpc.getSubmitTransactionsMethod().toBuilder(
                new RawBytes(), SampoGrpc.getSubmitTransactionsMethod().getResponseMarshaller())
            .build();
    call = channel.newCall(method, CallOptions.DEFAULT);
  }

  static RawStream open(int port) {
    var stream = openWithoutReading(port);
    stream.read();
    return stream;
  }

  static RawStream openWithoutReading(int port) {
    var stream = new RawStream(port);
    stream.call.start(stream, new Metadata());
    return stream;
  }

  /** Takes answers from now on. */
  void read() {
    call.request(Integer.MAX_VALUE);
  }

  void send(SubmitTransactionsRequest message) {
    sendBytes(message.toByteArray());
  }

  void sendBytes(byte[] message) {
    call.sendMessage(message);
  }

  void halfClose() {
    call.halfClose();
  }

  List<SubmissionAnswer> answers() {
    return answers;
  }

  boolean ended() {
    return end.get() != null;
  }

  /** The code of the catalogue, or the status if there is none. */
  String end() {
    return String.valueOf(end.get());
  }

  @Override
  public void onMessage(SubmitTransactionsResponse message) {
    answers.addAll(message.getAnswersList());
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    var code = trailers.get(Metadata.Key.of("sampo-code", Metadata.ASCII_STRING_MARSHALLER));
    end.set(Optional.ofNullable(code).orElse(status.getCode().name()));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
