package io.zipmap.cli;

final class CleanAction implements Action {
    @Override
    public int run(Call call) {
        return 0;
    }
}
