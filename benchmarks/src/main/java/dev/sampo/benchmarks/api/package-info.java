/** {@code sampo bench api}: the same requests by gRPC and by HTTP and JSON. */
@org.jspecify.annotations.NullMarked
package dev.sampo.benchmarks.api;
