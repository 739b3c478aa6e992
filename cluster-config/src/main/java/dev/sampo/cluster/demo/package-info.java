/** The demo: four validators as four JVMs on this machine. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.demo;
