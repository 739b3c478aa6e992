package dev.sampo.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Notes which node answered last, as the answers themselves say. Thread-safe. */
final class AnsweringNode implements ClientInterceptor {

  private static final Metadata.Key<String> NAME =
      Metadata.Key.of("sampo-answered-by", Metadata.ASCII_STRING_MARSHALLER);

  private final AtomicReference<@Nullable String> last = new AtomicReference<>();

  Optional<String> last() {
    return Optional.ofNullable(last.get());
  }

  private void note(Metadata head) {
    var name = head.get(NAME);
    if (name != null) {
      last.set(name);
    }
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<Q, R>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        super.start(noting(listener), headers);
      }
    };
  }

  private <R> ClientCall.Listener<R> noting(ClientCall.Listener<R> listener) {
    return new SimpleForwardingClientCallListener<R>(listener) {
      @Override
      public void onHeaders(Metadata headers) {
        note(headers);
        super.onHeaders(headers);
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        note(trailers);
        super.onClose(status, trailers);
      }
    };
  }
}
