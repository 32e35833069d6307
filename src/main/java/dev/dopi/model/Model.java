package dev.dopi.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the project's code is: its Workers and, in them, its Durable Objects. */
public record Model(List<Worker> workers) {

    public Model {
        workers = List.copyOf(workers);
    }

    public Stream<DurableObjectClass> durableObjects() {
        return workers.stream().flatMap(worker -> worker.durableObjects().stream());
    }

    public Optional<DurableObjectClass> find(String worker, String className) {
        return workers.stream()
                .filter(each -> each.id().equals(worker))
                .flatMap(each -> each.durableObjects().stream())
                .filter(each -> each.className().equals(className))
                .findFirst();
    }
}
