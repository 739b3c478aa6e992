package dev.sampo.node.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Names whose addresses a test may change; all others are resolved as ever. The JVM finds it as a
 * service, once for all tests.
 */
public final class MovingNames extends InetAddressResolverProvider {

  private static final Map<String, InetAddress> ADDRESSES = new ConcurrentHashMap<>();

  static void tell(String name, String address) throws UnknownHostException {
    ADDRESSES.put(name, InetAddress.getByName(address));
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    var others = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        var moving = ADDRESSES.get(host);
        return moving == null ? others.lookupByName(host, policy) : Stream.of(moving);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return others.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "names that move";
  }
}
