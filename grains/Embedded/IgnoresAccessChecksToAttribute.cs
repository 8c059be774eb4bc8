namespace System.Runtime.CompilerServices;

/// <summary>
/// The runtime knows this name: the assembly that bears it may use the other's internal types.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    /// <summary>The other assembly.</summary>
    public string AssemblyName { get; } = assemblyName;
}
