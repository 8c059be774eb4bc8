using System.Collections.Concurrent;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>
/// What probe grains did, and what they shall wait for; the store that outlives their activations.
/// </summary>
internal sealed class ProbeLog
{
    private readonly ConcurrentDictionary<string, int> _activations = new();
    private readonly ConcurrentDictionary<string, int> _saved = new();
    private readonly ConcurrentDictionary<string, Hold> _activating = new();
    private readonly ConcurrentDictionary<string, Hold> _deactivating = new();
    private readonly ConcurrentDictionary<string, Exception> _failing = new();

    public ConcurrentQueue<(string Key, DeactivationReasonCode Reason)> Deactivations { get; } = new();

    public void Activated(string key) => _activations.AddOrUpdate(key, 1, (_, n) => n + 1);

    public int Activations(string key) => _activations.GetValueOrDefault(key);

    public int SavedCount(string key) => _saved.GetValueOrDefault(key);

    public void Deactivated(string key, DeactivationReasonCode reason, int count)
    {
        _saved.AddOrUpdate(key, count, (_, n) => n + count);
        Deactivations.Enqueue((key, reason));
    }

    public Hold SlowActivation(string key) => _activating.GetOrAdd(key, _ => new Hold());

    public Hold SlowDeactivation(string key) => _deactivating.GetOrAdd(key, _ => new Hold());

    public void FailActivation(string key, Exception? error)
    {
        if (error is null)
            _failing.TryRemove(key, out _);
        else
            _failing[key] = error;
    }

    public async Task HoldActivation(string key)
    {
        if (_activating.TryGetValue(key, out var hold))
            await hold.Pass();
        if (_failing.TryGetValue(key, out var error))
            throw error;
    }

    public Task HoldDeactivation(string key) =>
        _deactivating.TryGetValue(key, out var hold) ? hold.Pass() : Task.CompletedTask;
}
