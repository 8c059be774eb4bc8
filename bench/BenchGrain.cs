namespace MallVip.Bench;

internal interface IBenchGrain : IGrainWithStringKey
{
    Task<int> Add(int by);
    Task<int> AddAfterYield(int by);
    Task<int> AddTo(string other);
    Task<int> Work(int microseconds);
}

internal sealed class BenchGrain : Grain, IBenchGrain
{
    private int _sum;

    public Task<int> Add(int by) => Task.FromResult(_sum = unchecked(_sum + by));

    public async Task<int> AddAfterYield(int by)
    {
        await Task.Yield();
        return _sum = unchecked(_sum + by);
    }

    public Task<int> AddTo(string other) => GrainFactory.GetGrain<IBenchGrain>(other).AddAfterYield(1);

    public async Task<int> Work(int microseconds)
    {
        await Task.Yield();
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMicroseconds < microseconds)
            Thread.SpinWait(10);
        return _sum = unchecked(_sum + 1);
    }
}
