/** Starting JVMs that run Sampo. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.launch;
