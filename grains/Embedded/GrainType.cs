using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.Grains.Embedded;

/// <summary>One grain class and its residents.</summary>
internal sealed class GrainType(GrainRuntime runtime, Type grainClass)
{
    private readonly ObjectFactory _create = ActivatorUtilities.CreateFactory(grainClass, []);

    internal GrainRuntime Runtime => runtime;

    internal string Name { get; } = grainClass.Name;

    internal bool IsReentrant { get; } = grainClass.IsDefined(typeof(ReentrantAttribute));

    internal ConcurrentDictionary<string, Activation> Residents { get; } = new();

    internal GrainStats Stats { get; } = new();

    internal IEnumerable<Type> Contracts => grainClass.GetInterfaces()
        .Where(it => it.IsAssignableTo(typeof(IGrainWithStringKey)) && it != typeof(IGrainWithStringKey));

    internal static IEnumerable<Type> ClassesIn(Assembly assembly) => assembly.GetTypes()
        .Where(it => it is { IsClass: true, IsAbstract: false } && it.IsSubclassOf(typeof(Grain)));

    /// <summary>The resident activation, or a new one that has not begun.</summary>
    internal Activation Find(string key)
    {
        if (Residents.TryGetValue(key, out var resident))
            return resident;
        runtime.Arrived(this);
        var created = new Activation(this, key);
        var settled = Residents.GetOrAdd(key, created);
        if (!ReferenceEquals(settled, created))
            runtime.Departed(this);
        return settled;
    }

    internal Grain Create() => (Grain)_create(runtime.Services, null);

    internal void Remove(Activation dead) => Residents.TryRemove(KeyValuePair.Create(dead.Key, dead));

    /// <summary>
    /// Puts the next activation in the dead one's place before any new call can look for it.
    /// </summary>
    internal Activation Replace(Activation dead, WorkQueue calls)
    {
        var next = new Activation(this, dead.Key);
        next.Inherit(calls);
        Residents[dead.Key] = next;
        return next;
    }
}
